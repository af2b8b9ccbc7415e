package dev.sextant.tokenizer;

import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.text.Offsets;
import dev.sextant.tokenizer.text.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The tokens of a text, or of two texts that belong together. Immutable.
 *
 * <p>Ranges are half open, {@code [start, end)}, and refer to the text that was encoded, before normalization. All
 * byte tokens of one character have that character's whole range; a token that a template added has 0 to 0. Ranges
 * follow the reference (Hugging Face tokenizers) to the letter, and that has two oddities: a composed character has
 * the range of its first part only, and behind a character that the vocabulary lacks, which vanishes, ranges within
 * that word lie too far to the left.
 */
public final class Encoding {
  private final List<String> texts; // one or two
  private final TokenBuffer found;
  private final Views views;

  Encoding(List<String> texts, TokenBuffer found, Views views) {
    this.texts = texts;
    this.found = found;
    this.views = views;
  }

  /** What the vocabulary says of the tokens, and what truncation cut off. */
  record Views(List<String> tokens, boolean[] special, List<Encoding> overflow) {}

  /** The number of tokens. */
  public int size() {
    return found.size();
  }

  /** The ids, as a copy. */
  public int[] ids() {
    return found.ids();
  }

  /** The id of a token, {@code 0 <= token < size()}. */
  public int id(int token) {
    return found.id(token);
  }

  /**
   * The tokens as the vocabulary spells them: stand-ins for bytes, visible spaces and all. An added token that
   * swallowed white space shows it.
   */
  public List<String> tokens() {
    return views.tokens();
  }

  /** Whether a token is a special one, found in the text or added. */
  public boolean isSpecial(int token) {
    return views.special()[token];
  }

  /** Whether a token does not come from the text but from the template or from padding. */
  public boolean isAdded(int token) {
    return found.isInserted(token);
  }

  /** Whether a token only fills up to a length; a model must not attend to it. */
  public boolean isPadding(int token) {
    return found.isPadding(token);
  }

  /**
   * The types of the tokens, as models that read two texts want them: usually 0 for the first text and 1 for the
   * second.
   */
  public int[] typeIds() {
    return found.types();
  }

  /** Which text a token comes from, 0 for the first; -1 for one that was added. */
  public int textIndex(int token) {
    return found.isInserted(token) ? -1 : found.isOfSecond(token) ? 1 : 0;
  }

  /**
   * What truncation cut off, in parts of the length that was left, each with its special tokens and overlapping the
   * one before as far as the file's stride says. Empty if nothing was.
   */
  public List<Encoding> overflow() {
    return views.overflow();
  }

  /** The part of the encoded text that a token came from. */
  public String textOf(int token) {
    return texts.get(found.isOfSecond(token) ? 1 : 0).substring(found.start(token), found.end(token));
  }

  /** Start and end of each token, one after the other, in UTF-16 units: indices of the Java text. */
  public int[] charOffsets() {
    int[] ranges = new int[2 * found.size()];
    for (int i = 0; i < found.size(); i++) {
      ranges[2 * i] = found.start(i);
      ranges[2 * i + 1] = found.end(i);
    }
    return ranges;
  }

  /** Start and end of each token, one after the other, in code points. */
  public int[] codePointOffsets() {
    return converted(Offsets::inCodePoints);
  }

  /** Start and end of each token, one after the other, in bytes of UTF-8; half a surrogate pair counts as U+FFFD. */
  public int[] byteOffsets() {
    return converted(Offsets::inBytes);
  }

  /** All ranges in other units: those of each text by itself. */
  private int[] converted(BiFunction<String, int[], int[]> conversion) {
    int[] ranges = charOffsets();
    int[] all = conversion.apply(texts.getFirst(), rangesOf(0, ranges));
    if (texts.size() > 1) {
      int[] second = conversion.apply(texts.get(1), rangesOf(1, ranges));
      Arrays.setAll(all, i -> found.isOfSecond(i / 2) ? second[i] : all[i]);
    }
    return all;
  }

  private int[] rangesOf(int text, int[] ranges) {
    int[] own = ranges.clone();
    Arrays.setAll(own, i -> found.isOfSecond(i / 2) == (text == 1) ? ranges[i] : 0);
    return own;
  }

  /** The tokens as the vocabulary spells them, control characters escaped. */
  @Override
  public String toString() {
    return Printable.text(views.tokens().toString());
  }
}
