package dev.sextant.tokenizer.text;

import java.util.Locale;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a regular expression of Oniguruma (Ruby syntax, as tokenizer.json uses it) for {@code java.util.regex}
 * with the flags UNICODE_CHARACTER_CLASS, MULTILINE and UNIX_LINES. What differs:
 *
 * <ul>
 *   <li>{@code {n,m}+} repeats a group; in Java it is possessive. {@code {,n}} starts at 0.
 *   <li>{@code \p{Han}} is {@code \p{IsHan}}; {@code \p{^L}} is {@code \P{L}}; POSIX brackets such as {@code [[:punct:]]}.
 *   <li>{@code \h} is a hexadecimal digit; {@code \w} has ² ³ ¹ ¼ ½ ¾ and lacks U+200C and U+200D.
 *   <li>{@code (?m:…)} lets the dot match a line end, in Java {@code (?s:…)}; {@code (?#…)} is a comment.
 * </ul>
 */
final class Oniguruma {
  private static final String WORD = "\\w²³¹¼½¾&&[^\\x{200C}\\x{200D}]";
  private static final Map<String, String> PROPERTIES = Map.ofEntries(
      Map.entry("alpha", "\\p{IsAlphabetic}"), Map.entry("digit", "\\p{Nd}"), Map.entry("punct", "\\p{P}\\p{S}"),
      Map.entry("space", "\\s"), Map.entry("upper", "\\p{IsUppercase}"), Map.entry("lower", "\\p{IsLowercase}"),
      Map.entry("alnum", "\\p{IsAlphabetic}\\p{Nd}"), Map.entry("cntrl", "\\p{Cc}"), Map.entry("xdigit", "0-9a-fA-F"),
      Map.entry("blank", "\\p{Zs}\\t"), Map.entry("word", WORD), Map.entry("ascii", "\\x00-\\x7F"),
      Map.entry("any", "\\x{0}-\\x{10FFFF}"), Map.entry("letter", "\\p{L}"), Map.entry("mark", "\\p{M}"),
      Map.entry("number", "\\p{N}"), Map.entry("punctuation", "\\p{P}"), Map.entry("symbol", "\\p{S}"),
      Map.entry("separator", "\\p{Z}"), Map.entry("other", "\\p{C}"));

  private final String source;
  private final StringBuilder target = new StringBuilder();
  private int at;

  private Oniguruma(String source) {
    this.source = source;
  }

  /** Translates; anything whose meaning is not known to be the same is a {@link PatternSyntaxException}. */
  static String toJava(String source) {
    Oniguruma translation = new Oniguruma(source);
    translation.alternatives();
    if (translation.at < source.length()) {
      throw translation.fail("unmatched ')'");
    }
    return translation.target.toString();
  }

  /** Everything up to the end or to the parenthesis that closes the group. */
  private void alternatives() {
    while (at < source.length() && peek() != ')') {
      if (peek() == '|') {
        copy(1);
      } else {
        int atom = target.length();
        atom();
        quantifiers(atom);
      }
    }
  }

  private void atom() {
    switch (peek()) {
      case '(' -> group();
      case '[' -> characterClass();
      case '\\' -> escape(false);
      case '#', ' ' -> copy(1);
      default -> copy(Character.charCount(source.codePointAt(at)));
    }
  }

  /** The quantifiers behind an atom that begins at that place of the target. */
  private void quantifiers(int atom) {
    while (at < source.length() && "?*+{".indexOf(peek()) >= 0) {
      if (peek() != '{') {
        copy(1);
        continue;
      }
      int close = source.indexOf('}', at);
      String bounds = close < 0 ? "" : source.substring(at + 1, close);
      if (!bounds.matches("\\d+(,\\d*)?|,\\d+")) {
        target.append("\\{"); // a brace that opens no bounds is a character
        at++;
        return;
      }
      target.append('{').append(bounds.startsWith(",") ? "0" : "").append(bounds).append('}');
      at = close + 1;
      if (at < source.length() && peek() == '+') {
        target.insert(atom, "(?:").append(")+");
        at++;
      }
    }
  }

  private void group() {
    if (!source.startsWith("(?", at)) {
      copy(1);
    } else if (source.startsWith("(?#", at)) {
      at = indexOf(')') + 1;
      return;
    } else if (startsWithAny("(?:", "(?=", "(?!", "(?>")) {
      copy(3);
    } else if (startsWithAny("(?<=", "(?<!")) {
      copy(4);
    } else if (source.startsWith("(?<", at)) {
      copy(indexOf('>') + 1 - at);
    } else if (options()) {
      return;
    }
    alternatives();
    if (at == source.length()) {
      throw fail("unclosed group");
    }
    copy(1);
  }

  /**
   * {@code (?im-x:} or {@code (?im)}; true if the group ended with the options and holds the rest of its
   * surroundings.
   */
  private boolean options() {
    int end = at + 2;
    while (end < source.length() && "im-".indexOf(source.charAt(end)) >= 0) {
      end++;
    }
    if (end == source.length() || end == at + 2 || ":)".indexOf(source.charAt(end)) < 0) {
      throw fail("a kind of group that is not supported");
    }
    target.append(source.substring(at, end).replace('m', 's')).append(source.charAt(end));
    at = end + 1;
    return source.charAt(end) == ')';
  }

  private void characterClass() {
    copy(1);
    if (at < source.length() && peek() == '^') {
      copy(1);
    }
    boolean first = true;
    while (at < source.length() && (first || peek() != ']')) {
      member(first);
      first = false;
    }
    if (at == source.length()) {
      throw fail("unclosed character class");
    }
    copy(1);
  }

  private void member(boolean first) {
    int end = source.startsWith("[:", at) ? source.indexOf(":]", at + 2) : -1;
    if (end > 0) {
      boolean negated = source.charAt(at + 2) == '^';
      String name = source.substring(at + (negated ? 3 : 2), end);
      String members = PROPERTIES.get(name);
      if (members == null) {
        throw fail("unknown class [:" + name + ":]");
      }
      target.append(negated ? "[^" : "[").append(members).append(']');
      at = end + 2;
    } else if (peek() == '[') {
      characterClass();
    } else if (peek() == '\\') {
      escape(true);
    } else if (first && peek() == ']') {
      target.append("\\]");
      at++;
    } else {
      copy(Character.charCount(source.codePointAt(at)));
    }
  }

  private void escape(boolean inClass) {
    if (at + 1 == source.length()) {
      throw fail("a backslash at the end");
    }
    char kind = source.charAt(at + 1);
    switch (kind) {
      case 'h' -> replace("[0-9a-fA-F]");
      case 'H' -> replace("[^0-9a-fA-F]");
      case 'w' -> replace("[" + WORD + "]");
      case 'W' -> replace("[^" + WORD + "]");
      case 'p', 'P' -> property(kind == 'P');
      case 'A', 'z', 'Z', 'b', 'B', 'G', 'R', 'X', 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> outside(inClass);
      case 'd', 'D', 's', 'S', 't', 'n', 'r', 'f', 'a', 'e', 'v', 'x', 'u', '0' -> simple(kind);
      default -> {
        if (Character.isLetter(kind)) {
          throw fail("\\" + kind + " is not supported");
        }
        copy(1 + Character.charCount(source.codePointAt(at + 1)));
      }
    }
  }

  private void outside(boolean inClass) {
    if (inClass) {
      throw fail(source.substring(at, at + 2) + " is not supported in a character class");
    }
    copy(2);
  }

  private void simple(char kind) {
    if (kind == 'v') {
      replace("\\x0B"); // one character; in Java a class of seven
    } else {
      copy(2);
    }
  }

  private void property(boolean outerNegation) {
    if (at + 2 >= source.length() || source.charAt(at + 2) != '{') {
      throw fail("\\p without a property in braces");
    }
    int close = indexOf('}');
    String name = source.substring(at + 3, close);
    boolean negated = outerNegation ^ name.startsWith("^");
    name = name.startsWith("^") ? name.substring(1) : name;
    at = close + 1;
    String known = PROPERTIES.get(name.toLowerCase(Locale.ROOT));
    if (known != null) {
      target.append(negated ? "[^" : "[").append(known).append(']');
    } else {
      target.append(negated ? "\\P{" : "\\p{").append(name.length() > 2 ? "Is" + name : name).append('}');
    }
  }

  private void replace(String translated) {
    target.append(translated);
    at += 2;
  }

  private void copy(int length) {
    target.append(source, at, at + length);
    at += length;
  }

  private char peek() {
    return source.charAt(at);
  }

  private boolean startsWithAny(String... prefixes) {
    for (String prefix : prefixes) {
      if (source.startsWith(prefix, at)) {
        return true;
      }
    }
    return false;
  }

  private int indexOf(char c) {
    int index = source.indexOf(c, at);
    if (index < 0) {
      throw fail("'" + c + "' is missing");
    }
    return index;
  }

  private PatternSyntaxException fail(@Nullable String reason) {
    return new PatternSyntaxException(reason, source, at);
  }
}
