package dev.sextant;

import java.io.Serial;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Logits from which no next token can be told: one is NaN or +Infinity, or all are -Infinity. A single -Infinity is no
 * error, it masks its token.
 */
public final class NonFiniteLogitsException extends SextantException {
  @Serial
  private static final long serialVersionUID = 1;
  private static final int NOWHERE = -1;

  private final int id;
  private final float value;
  private final int position;

  private NonFiniteLogitsException(String message, int id, float value, int position, @Nullable Throwable cause) {
    super(message, cause);
    this.id = id;
    this.value = value;
    this.position = position;
  }

  /** The logit of {@code id} is {@code value}: NaN or +Infinity. */
  public static NonFiniteLogitsException of(int id, float value) {
    String message = "the logit of id " + id + " is " + value
        + "; a logit must be finite, or -Infinity to mask its token";
    return new NonFiniteLogitsException(message, id, value, NOWHERE, null);
  }

  /** All logits are -Infinity: there is no token to choose. */
  public static NonFiniteLogitsException allMasked(int vocabularySize) {
    String message = "all " + vocabularySize + " logits are -Infinity, there is no token to choose; "
        + "at least one must be finite";
    return new NonFiniteLogitsException(message, 0, Float.NEGATIVE_INFINITY, NOWHERE, null);
  }

  /** The same finding, said to be at this position of the sequence (the position the logits were computed at). */
  public NonFiniteLogitsException atPosition(int where) {
    return new NonFiniteLogitsException("at position " + where + ": " + getMessage(), id, value, where, this);
  }

  /** The lowest id whose logit cannot be used. */
  public int id() {
    return id;
  }

  /** The logit found there. */
  public float value() {
    return value;
  }

  /** Where in the sequence, if that is known. */
  public OptionalInt position() {
    return position == NOWHERE ? OptionalInt.empty() : OptionalInt.of(position);
  }
}
