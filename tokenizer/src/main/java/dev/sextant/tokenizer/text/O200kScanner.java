package dev.sextant.tokenizer.text;

import static dev.sextant.tokenizer.text.CharClass.LETTER;
import static dev.sextant.tokenizer.text.CharClass.LOWER;
import static dev.sextant.tokenizer.text.CharClass.NEWLINE;
import static dev.sextant.tokenizer.text.CharClass.NUMBER;
import static dev.sextant.tokenizer.text.CharClass.SPACE;
import static dev.sextant.tokenizer.text.CharClass.UPPER;

/** {@link PieceScanner#O200K}. */
final class O200kScanner implements PieceScanner {
  private static final int DIGITS = 3;

  @Override
  public int end(char[] text, int from, int to) {
    int bits = CharClass.at(text, from);
    if ((bits & NUMBER) != 0) {
      return Scan.numbers(text, from, to, DIGITS);
    }
    int word = word(text, from, to, bits);
    return word > from ? Scan.contractionAnyCase(text, word, to) : others(text, from, to);
  }

  /**
   * The two word alternatives, each first with a leading character that is no letter, then without: upper case, then at
   * least one lower case; or at least one upper case, then lower case. Returns {@code from} where there is no word.
   */
  private static int word(char[] text, int from, int to, int bits) {
    int second = (bits & (LETTER | NEWLINE)) == 0 ? Scan.next(text, from) : from;
    int end = endsInLower(text, second, to);
    if (end < 0 && second > from) {
      end = endsInLower(text, from, to);
    }
    if (end < 0) {
      end = startsWithUpper(text, second, to);
    }
    if (end < 0 && second > from) {
      end = startsWithUpper(text, from, to);
    }
    return end < 0 ? from : end;
  }

  /** {@code [upper]*[lower]+}; -1 if it does not match. Letters without case and marks belong to both classes. */
  private static int endsInLower(char[] text, int from, int to) {
    int upper = Scan.run(text, from, to, UPPER);
    int lower = Scan.run(text, upper, to, LOWER);
    if (lower > upper) {
      return lower;
    }
    for (int i = upper; i > from;) { // the upper part gives back until what it gave can count as lower
      int before = i - Character.charCount(Character.codePointBefore(text, i));
      if ((CharClass.at(text, before) & LOWER) != 0) {
        return i;
      }
      i = before;
    }
    return -1;
  }

  /** {@code [upper]+[lower]*}; -1 if it does not match. */
  private static int startsWithUpper(char[] text, int from, int to) {
    int upper = Scan.run(text, from, to, UPPER);
    return upper > from ? Scan.run(text, upper, to, LOWER) : -1;
  }

  private static int others(char[] text, int from, int to) {
    int symbol = text[from] == ' ' ? from + 1 : from;
    int end = Scan.runWithout(text, symbol, to, SPACE | LETTER | NUMBER);
    if (end == symbol) {
      return Scan.spaceWithLines(text, from, to);
    }
    while (end < to && (text[end] == '/' || (CharClass.at(text, end) & NEWLINE) != 0)) {
      end++;
    }
    return end;
  }
}
