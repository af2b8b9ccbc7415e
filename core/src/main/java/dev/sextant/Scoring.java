package dev.sextant;

import dev.sextant.tokenizer.EncodeOptions;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A text to be scored: how probable the model finds each of its tokens behind those before it. Immutable: every setter
 * gives a new one.
 *
 * <p>The first token has nothing before it and is not scored. A text longer than the window is read in overlapping windows,
 * each beginning a stride after the one before; a token is scored by the first window that holds its predecessor. So in the
 * first window a token is scored with all tokens before it, later with more than {@code window - stride} and at most {@code
 * window} of them. A smaller stride takes longer and is more exact.
 *
 * <p>Memory is bounded whatever the length: keys and values of one window, logits of a few tokens, and 12 bytes per token
 * for the result.
 */
public final class Scoring {
  private final Model model;
  private final int @Nullable [] ids;
  private final int window;
  private final int stride;
  private final IntConsumer progress;

  Scoring(Model model) {
    this(model, null, Math.max(2, model.window()), 0, _ -> {});
  }

  private Scoring(Model model, int @Nullable [] ids, int window, int stride, IntConsumer progress) {
    this.model = model;
    this.ids = ids;
    this.window = window;
    this.stride = stride;
    this.progress = progress;
  }

  /** The text, encoded with the special tokens that the tokenizer adds to a text. */
  public Scoring text(String text) {
    return text(text, EncodeOptions.DEFAULT);
  }

  /**
   * The text, encoded as said.
   *
   * @throws SextantException if the model has no tokenizer, or that one cannot encode the text
   */
  public Scoring text(String text, EncodeOptions options) {
    return ids(model.encode(text, options));
  }

  /** The text as ids: at least two, each in [0, vocabularySize). */
  public Scoring ids(int... newIds) {
    return new Scoring(model, newIds.clone(), window, stride, progress);
  }

  /** How many tokens pass together, at least 2; as many as context and {@link Limits} allow unless set. */
  public Scoring window(int tokens) {
    if (tokens < 2 || tokens > model.contextLength()) {
      throw new InvalidArgumentException("window is " + tokens + "; it must lie in [2, " + model.contextLength()
          + "], where the context ends");
    }
    return new Scoring(model, ids, tokens, stride, progress);
  }

  /** How many tokens later the next window begins, from 1 to the window's length; half of it unless set. */
  public Scoring stride(int tokens) {
    if (tokens < 1) throw new InvalidArgumentException("stride is " + tokens + "; it must be at least 1");
    return new Scoring(model, ids, window, tokens, progress);
  }

  /** Told now and then how many tokens have been scored; what it throws ends the scoring. */
  public Scoring progress(IntConsumer newProgress) {
    return new Scoring(model, ids, window, stride, Objects.requireNonNull(newProgress, "progress"));
  }

  /**
   * Scores the text.
   *
   * @throws InvalidArgumentException if no text is set, or one of fewer than two tokens, or an id outside the vocabulary
   * @throws NonFiniteLogitsException if the weights lead to logits that are not numbers; it says at which position
   */
  public Score run() {
    return Scorer.plain(model, checked()).run();
  }

  /**
   * Scores the text and hands out, in order, what the model said in each place. A distribution takes 4 bytes per token of
   * the vocabulary: keep few.
   */
  public Score run(Consumer<Prediction> listener) {
    return Scorer.telling(model, checked(), Objects.requireNonNull(listener, "listener")).run();
  }

  /** What is to be done, complete: ids, and how they are cut into windows. */
  record Job(int[] ids, int window, int stride, IntConsumer progress) {
    /** How many tokens pass: nothing comes after the last. */
    int inputs() {
      return ids.length - 1;
    }
  }

  private Job checked() {
    if (ids == null) throw new InvalidArgumentException("no text is set; call text(...) or ids(...) first");
    if (ids.length < 2) {
      throw new InvalidArgumentException("the text has " + ids.length + (ids.length == 1 ? " token" : " tokens")
          + "; a token is scored by those before it, so at least 2 are needed");
    }
    if (stride > window) {
      throw new InvalidArgumentException(
          "stride is " + stride + "; with a window of " + window + " tokens it must lie in"
              + " [1, " + window + "], or some would be left out");
    }
    return new Job(ids, window, stride == 0 ? window / 2 : stride, progress);
  }
}
