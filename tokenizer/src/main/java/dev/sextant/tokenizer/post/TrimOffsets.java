package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.text.ByteStandIns;
import dev.sextant.tokenizer.text.CharClass;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Takes white space at the ends of a byte-level token out of its range; ids stay.
 *
 * @param addPrefixSpace whether the pre-tokenizer put a space in front, which has no place in the input
 */
record TrimOffsets(boolean addPrefixSpace) implements PostProcessor {
  private static final char SPACE = ByteStandIns.of(' ');

  @Override
  public List<TokenBuffer> process(List<TokenBuffer> parts, boolean addSpecialTokens, IntFunction<String> spelling) {
    for (TokenBuffer part : parts) {
      trim(part, spelling);
      part.overflow().forEach(cut -> trim(cut, spelling));
    }
    return parts;
  }

  private void trim(TokenBuffer tokens, IntFunction<String> spelling) {
    for (int i = 0; i < tokens.size(); i++) {
      String found = tokens.spelling(i);
      trim(tokens, i, found == null ? spelling.apply(tokens.id(i)) : found);
    }
  }

  private void trim(TokenBuffer tokens, int token, String text) {
    int start = tokens.start(token);
    int end = tokens.end(token);
    int leading = leadingSpaces(text);
    boolean first = token == 0 || start == 0;
    boolean added = first && addPrefixSpace && leading == 1; // with more than one, none was added
    if (leading > 0 && !added) {
      start = Math.min(start + leading, end);
    }
    int trailing = trailingSpaces(text);
    if (added && trailing == text.length()) {
      end = start; // nothing but the added space, which has the place of the first character
    } else if (end >= trailing) {
      end = Math.max(end - trailing, start);
    }
    tokens.setRange(token, start, end);
  }

  private static int leadingSpaces(String text) {
    int spaces = 0;
    while (spaces < text.length() && isSpace(text.charAt(spaces))) {
      spaces++;
    }
    return spaces;
  }

  private static int trailingSpaces(String text) {
    int spaces = 0;
    while (spaces < text.length() && isSpace(text.charAt(text.length() - 1 - spaces))) {
      spaces++;
    }
    return spaces;
  }

  private static boolean isSpace(char c) {
    return c == SPACE || CharClass.isSpace(c);
  }
}
