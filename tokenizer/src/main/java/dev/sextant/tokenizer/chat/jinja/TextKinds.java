package dev.sextant.tokenizer.chat.jinja;

import java.util.Map;
import java.util.function.IntPredicate;

/** Those methods of str that ask what its characters are. */
final class TextKinds {
  private TextKinds() {}

  static void addTo(Map<String, Operation<String>> all) {
    TextMethods.simple(all, "isspace", text -> every(text, Characters::isSpace));
    TextMethods.simple(all, "isalpha", text -> every(text, Characters::isAlpha));
    TextMethods.simple(all, "isdecimal", text -> every(text, Characters::isDecimal));
    TextMethods.simple(all, "isdigit", text -> every(text, Characters::isDigit));
    TextMethods.simple(all, "isalnum", text -> every(text, Characters::isAlphanumeric));
    TextMethods.simple(all, "isascii", text -> text.chars().allMatch(c -> c < 0x80));
    TextMethods.simple(all, "islower", TextKinds::isLower);
    TextMethods.simple(all, "isupper", TextKinds::isUpper);
    TextMethods.simple(all, "istitle", TextKinds::isTitle);
  }

  private static boolean every(String text, IntPredicate kind) {
    return !text.isEmpty() && text.codePoints().allMatch(kind);
  }

  static boolean isLower(String text) {
    return text.codePoints().anyMatch(Characters::isLower)
        && text.codePoints().noneMatch(c -> Characters.isUpper(c) || Characters.isTitle(c));
  }

  static boolean isUpper(String text) {
    return text.codePoints().anyMatch(Characters::isUpper)
        && text.codePoints().noneMatch(c -> Characters.isLower(c) || Characters.isTitle(c));
  }

  private static boolean isTitle(String text) {
    boolean inWord = false;
    boolean any = false;
    for (int c : text.codePoints().toArray()) {
      boolean small = Characters.isLower(c);
      if (Characters.isCased(c) && small != inWord) {
        return false;
      }
      inWord = Characters.isCased(c);
      any |= inWord;
    }
    return any;
  }
}
