package dev.sextant.tokenizer;

import dev.sextant.tokenizer.text.Offsets;
import java.util.List;

/**
 * The tokens of a text. Immutable.
 *
 * <p>Ranges are half open, {@code [start, end)}, and refer to the text that was encoded, before normalization. All
 * byte tokens of one character have that character's whole range; a token that a template added has 0 to 0. Ranges
 * follow the reference (Hugging Face tokenizers) to the letter, and that has two oddities: a composed character has
 * the range of its first part only, and behind a character that the vocabulary lacks, which vanishes, ranges within
 * that word lie too far to the left.
 */
public final class Encoding {
  private final String text;
  private final int[] ids;
  private final List<String> tokens;
  private final int[] ranges; // start, end of each token in UTF-16 units
  private final boolean[] special;
  private final boolean[] inserted;

  Encoding(String text, EncodedTokens parts) {
    this.text = text;
    ids = parts.ids();
    tokens = parts.tokens();
    ranges = parts.ranges();
    special = parts.special();
    inserted = parts.inserted();
  }

  /** What an encoding is made of; arrays are handed over. */
  record EncodedTokens(int[] ids, List<String> tokens, int[] ranges, boolean[] special, boolean[] inserted) {}

  /** The number of tokens. */
  public int size() {
    return ids.length;
  }

  /** The ids, as a copy. */
  public int[] ids() {
    return ids.clone();
  }

  /** The id of a token, {@code 0 <= token < size()}. */
  public int id(int token) {
    return ids[token];
  }

  /**
   * The tokens as the vocabulary spells them: stand-ins for bytes, visible spaces and all. An added token that
   * swallowed white space shows it.
   */
  public List<String> tokens() {
    return tokens;
  }

  /** Whether a token is a special one, found in the text or added. */
  public boolean isSpecial(int token) {
    return special[token];
  }

  /** Whether a token does not come from the text but from the template. */
  public boolean isAdded(int token) {
    return inserted[token];
  }

  /** The part of the encoded text that a token came from. */
  public String textOf(int token) {
    return text.substring(ranges[2 * token], ranges[2 * token + 1]);
  }

  /** Start and end of each token, one after the other, in UTF-16 units: indices of the Java text. */
  public int[] charOffsets() {
    return ranges.clone();
  }

  /** Start and end of each token, one after the other, in code points. */
  public int[] codePointOffsets() {
    return Offsets.inCodePoints(text, ranges);
  }

  /** Start and end of each token, one after the other, in bytes of UTF-8; half a surrogate pair counts as U+FFFD. */
  public int[] byteOffsets() {
    return Offsets.inBytes(text, ranges);
  }

  @Override
  public String toString() {
    return tokens.toString();
  }
}
