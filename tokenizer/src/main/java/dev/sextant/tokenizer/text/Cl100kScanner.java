package dev.sextant.tokenizer.text;

import static dev.sextant.tokenizer.text.CharClass.LETTER;
import static dev.sextant.tokenizer.text.CharClass.NEWLINE;
import static dev.sextant.tokenizer.text.CharClass.NUMBER;
import static dev.sextant.tokenizer.text.CharClass.SPACE;

/**
 * {@link PieceScanner#CL100K} and {@link PieceScanner#QWEN2}.
 *
 * @param digits how many digits stay together at most
 */
record Cl100kScanner(int digits) implements PieceScanner {

  @Override
  public int end(char[] text, int from, int to) {
    int contraction = Scan.contractionAnyCase(text, from, to);
    if (contraction > from) {
      return contraction;
    }
    int bits = CharClass.at(text, from);
    if ((bits & LETTER) != 0) {
      return Scan.run(text, from, to, LETTER);
    }
    if ((bits & NUMBER) != 0) {
      return Scan.numbers(text, from, to, digits);
    }
    int second = Scan.next(text, from);
    if ((bits & NEWLINE) == 0 && second < to && (CharClass.at(text, second) & LETTER) != 0) {
      return Scan.run(text, second, to, LETTER);
    }
    return others(text, from, to);
  }

  /** The alternatives {@code  ?[^\s\p{L}\p{N}]+[\r\n]*} and white space. */
  private static int others(char[] text, int from, int to) {
    int symbol = text[from] == ' ' ? from + 1 : from;
    int end = Scan.runWithout(text, symbol, to, SPACE | LETTER | NUMBER);
    return end > symbol ? Scan.run(text, end, to, NEWLINE) : Scan.spaceWithLines(text, from, to);
  }
}
