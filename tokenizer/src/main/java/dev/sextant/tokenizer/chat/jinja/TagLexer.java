package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.jinja.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits the inside of a tag into names, literals and operators. */
final class TagLexer {
  /** Of one or two characters. */
  private static final Set<String> OPERATORS = Set.of("//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%",
      "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";");
  // Possessive, so that no number is long enough to exhaust the stack.
  private static final Pattern FLOAT = Pattern
      .compile("\\d++(?:_\\d++)*+(?:(?:\\.\\d++(?:_\\d++)*+)?+[eE][+-]?\\d++(?:_\\d++)*+|\\.\\d++(?:_\\d++)*+)");
  private static final Pattern INTEGER = Pattern
      .compile("0[bB](?:_?[01])++|0[oO](?:_?[0-7])++|0[xX](?:_?[0-9a-fA-F])++|[1-9](?:_?\\d)*+|0(?:_?0)*+");

  private final Source source;
  private final String text;
  private final List<Token> tokens;
  private final Deque<Character> brackets = new ArrayDeque<>();

  TagLexer(Source source, List<Token> tokens) {
    this.source = source;
    this.text = source.text();
    this.tokens = tokens;
  }

  /** Whether a bracket is open, so that what looks like the end of the tag is not. */
  boolean inBrackets() {
    return !brackets.isEmpty();
  }

  /** Adds the token at a place and tells where it ends. */
  int token(int at) {
    char c = text.charAt(at);
    if (c >= '0' && c <= '9') {
      return number(at);
    }
    if (Characters.startsName(c)) {
      return name(at);
    }
    return c == '\'' || c == '"' ? string(at, c) : operator(at);
  }

  private int name(int at) {
    int end = at;
    while (end < text.length() && Characters.continuesName(text.charAt(end))) {
      end++;
    }
    tokens.add(new Token(Kind.NAME, text.substring(at, end), at));
    return end;
  }

  private int number(int at) {
    Matcher matcher = FLOAT.matcher(text).region(at, text.length());
    boolean afterPoint = text.charAt(at - 1) == '.'; // x.0.1 holds two indexes
    if (!afterPoint && matcher.lookingAt()) {
      return literal(at, matcher.end(), Double.valueOf(matcher.group().replace("_", "")));
    }
    matcher.usePattern(INTEGER);
    if (!matcher.lookingAt()) {
      throw source.error(at, "a number that begins with " + text.charAt(at));
    }
    return literal(at, matcher.end(), integer(at, matcher.group().replace("_", "")));
  }

  private Long integer(int at, String digits) {
    int radix = digits.length() < 2 ? 10 : switch (digits.charAt(1)) {
      case 'b', 'B' -> 2;
      case 'o', 'O' -> 8;
      case 'x', 'X' -> 16;
      default -> 10;
    };
    try {
      return Long.valueOf(radix == 10 ? digits : digits.substring(2), radix);
    } catch (NumberFormatException e) {
      throw source.error(at, "the integer does not fit in 64 bits");
    }
  }

  private int literal(int at, int end, Object value) {
    tokens.add(new Token(Kind.NUMBER, text.substring(at, end), value, at));
    return end;
  }

  private int string(int at, char quote) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length()) {
      throw source.error(at, "the text in quotes has no end");
    }
    String value = StringEscapes.resolve(source, at + 1, end);
    tokens.add(new Token(Kind.STRING, text.substring(at, end + 1), value, at));
    return end + 1;
  }

  private int operator(int at) {
    for (int end = Math.min(at + 2, text.length()); end > at; end--) {
      String operator = text.substring(at, end);
      if (OPERATORS.contains(operator)) {
        balance(at, operator.charAt(0));
        tokens.add(new Token(Kind.OPERATOR, operator, at));
        return end;
      }
    }
    throw source.error(at, "unexpected '" + Character.toString(text.codePointAt(at)) + "'");
  }

  private void balance(int at, char operator) {
    switch (operator) {
      case '(' -> brackets.push(')');
      case '[' -> brackets.push(']');
      case '{' -> brackets.push('}');
      case ')', ']', '}' -> {
        if (brackets.isEmpty() || brackets.pop() != operator) {
          throw source.error(at, "'" + operator + "' closes nothing");
        }
      }
      default -> {}
    }
  }
}
