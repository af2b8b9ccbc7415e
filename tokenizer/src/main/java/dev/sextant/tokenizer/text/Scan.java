package dev.sextant.tokenizer.text;

/** The steps that the known patterns share. A range ends at {@code to}; nothing behind it is seen. */
final class Scan {
  private static final char LONG_S = '\u017F';

  private Scan() {}

  /** The index behind the code point at that index. */
  static int next(char[] text, int at) {
    return at + (Character.isHighSurrogate(text[at]) ? 2 : 1);
  }

  /** The end of the run of code points that have any of those class bits. */
  static int run(char[] text, int from, int to, int bits) {
    int i = from;
    while (i < to) {
      if ((CharClass.ofUnit(text[i]) & bits) != 0) {
        i++;
      } else if (Character.isHighSurrogate(text[i]) && (CharClass.at(text, i) & bits) != 0) {
        i += 2;
      } else {
        break;
      }
    }
    return i;
  }

  /** The end of the run of code points that have none of those class bits. */
  static int runWithout(char[] text, int from, int to, int bits) {
    int i = from;
    while (i < to && (CharClass.at(text, i) & bits) == 0) {
      i = next(text, i);
    }
    return i;
  }

  /** The end of a run of at most that many numbers. */
  static int numbers(char[] text, int from, int to, int most) {
    int i = from;
    for (int n = 0; n < most && i < to && (CharClass.at(text, i) & CharClass.NUMBER) != 0; n++) {
      i = next(text, i);
    }
    return i;
  }

  /**
   * {@code \s*[\r\n]+|\s+(?!\S)|\s+} at white space: up to the last line end of the run; else all of the run at the
   * end of the text; else all but its last character, which belongs to the next word; else that one.
   */
  static int spaceWithLines(char[] text, int from, int to) {
    int end = run(text, from, to, CharClass.SPACE);
    for (int i = end; i > from; i--) {
      if ((CharClass.of(text[i - 1]) & CharClass.NEWLINE) != 0) {
        return i;
      }
    }
    return allButLast(from, end, to);
  }

  /** {@code \s+(?!\S)|\s+} at white space. */
  static int space(char[] text, int from, int to) {
    return allButLast(from, run(text, from, to, CharClass.SPACE), to);
  }

  private static int allButLast(int from, int end, int to) {
    return end == to || end == from + 1 ? end : end - 1; // white space lies in the basic plane: one unit each
  }

  /**
   * The end of {@code 's|'t|'re|'ve|'m|'ll|'d} at that index, in lower case only; the index itself if there is
   * none.
   */
  static int contraction(char[] text, int from, int to) {
    if (to - from < 2 || text[from] != '\'') {
      return from;
    }
    char second = to - from < 3 ? 0 : text[from + 2];
    return switch (text[from + 1]) {
      case 's', 't', 'm', 'd' -> from + 2;
      case 'r', 'v' -> second == 'e' ? from + 3 : from;
      case 'l' -> second == 'l' ? from + 3 : from;
      default -> from;
    };
  }

  /** The same in any case; {@code s} is also U+017F, the long s, whose upper case it shares. */
  static int contractionAnyCase(char[] text, int from, int to) {
    if (to - from < 2 || text[from] != '\'') {
      return from;
    }
    int second = to - from < 3 ? 0 : text[from + 2] | 0x20;
    return switch (text[from + 1]) {
      case 's', 'S', LONG_S, 't', 'T', 'm', 'M', 'd', 'D' -> from + 2;
      case 'r', 'R', 'v', 'V' -> second == 'e' ? from + 3 : from;
      case 'l', 'L' -> second == 'l' ? from + 3 : from;
      default -> from;
    };
  }
}
