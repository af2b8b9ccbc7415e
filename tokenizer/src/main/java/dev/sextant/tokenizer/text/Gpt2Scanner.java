package dev.sextant.tokenizer.text;

import static dev.sextant.tokenizer.text.CharClass.LETTER;
import static dev.sextant.tokenizer.text.CharClass.NUMBER;
import static dev.sextant.tokenizer.text.CharClass.SPACE;

/**
 * {@link PieceScanner#GPT2}: contractions, words, numbers, other characters, each with one space before; white
 * space.
 */
final class Gpt2Scanner implements PieceScanner {

  @Override
  public int end(char[] text, int from, int to) {
    int contraction = Scan.contraction(text, from, to);
    if (contraction > from) {
      return contraction;
    }
    int word = text[from] == ' ' && from + 1 < to ? from + 1 : from;
    int bits = CharClass.at(text, word);
    if ((bits & LETTER) != 0) {
      return Scan.run(text, word, to, LETTER);
    }
    if ((bits & NUMBER) != 0) {
      return Scan.run(text, word, to, NUMBER);
    }
    return (bits & SPACE) == 0 ? Scan.runWithout(text, word, to, SPACE | LETTER | NUMBER) : Scan.space(text, from, to);
  }
}
