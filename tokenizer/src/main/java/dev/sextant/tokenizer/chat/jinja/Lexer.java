package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a template into text and tags, and trims the text around the tags: as Jinja does with trim_blocks (a line break
 * behind a block or comment is dropped) and lstrip_blocks (blanks from the beginning of the line to a block or comment are
 * dropped), and wherever a tag begins or ends with a minus (all white space goes) or a plus (none goes).
 */
final class Lexer {
  private final Source source;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  /** Whether what was read last ended a line, so that blanks from here on begin one. */
  private boolean lineStarts = true;

  private Lexer(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /** The tokens of a template; the last is {@link Kind#END}. */
  static List<Token> tokens(Source source) {
    Lexer lexer = new Lexer(source);
    while (lexer.at < lexer.text.length()) {
      lexer.piece();
    }
    lexer.add(Kind.END, "", lexer.at);
    return lexer.tokens;
  }

  /** The text up to the next tag, and that tag. */
  private void piece() {
    int tag = nextTag(at);
    if (tag < 0) {
      data(text.substring(at), at);
      at = text.length();
      return;
    }
    char kind = text.charAt(tag + 1);
    data(trimmed(text.substring(at, tag), sign(tag + 2), kind == '{'), at);
    int inside = sign(tag + 2) == ' ' ? tag + 2 : tag + 3;
    int raw = kind == '%' ? rawBegins(inside) : -1;
    if (raw >= 0) {
      raw(tag, raw);
    } else if (kind == '#') {
      comment(tag, inside);
    } else {
      tag(tag, inside, kind == '{');
    }
  }

  private int nextTag(int from) {
    for (int i = text.indexOf('{', from); i >= 0 && i + 1 < text.length(); i = text.indexOf('{', i + 1)) {
      char next = text.charAt(i + 1);
      if (next == '{' || next == '%' || next == '#') {
        return i;
      }
    }
    return -1;
  }

  /** The minus or plus at a place; a blank if neither is there. */
  private char sign(int place) {
    char sign = place < text.length() ? text.charAt(place) : ' ';
    return sign == '-' || sign == '+' ? sign : ' ';
  }

  private String trimmed(String before, char sign, boolean isPrint) {
    if (sign == '-') {
      return Characters.stripEnd(before);
    }
    if (sign == '+' || isPrint) {
      return before;
    }
    int lineStart = before.lastIndexOf('\n') + 1;
    boolean atLineStart = lineStart > 0 || lineStarts;
    return atLineStart && Characters.skipSpace(before, lineStart) == before.length()
        ? before.substring(0, lineStart)
        : before;
  }

  private void tag(int begin, int inside, boolean isPrint) {
    add(isPrint ? Kind.PRINT_BEGIN : Kind.BLOCK_BEGIN, isPrint ? "{{" : "{%", begin);
    TagLexer lexer = new TagLexer(source, tokens);
    int i = Characters.skipSpace(text, inside);
    int end = tagEnd(i, isPrint);
    while (i < text.length() && (end < 0 || lexer.inBrackets())) {
      i = Characters.skipSpace(text, lexer.token(i));
      end = tagEnd(i, isPrint);
    }
    if (i >= text.length()) {
      throw source.error(begin, "the tag has no end");
    }
    add(isPrint ? Kind.PRINT_END : Kind.BLOCK_END, isPrint ? "}}" : "%}", i);
    moveTo(end);
  }

  /** Where the text goes on if a tag ends at a place; else -1. */
  private int tagEnd(int place, boolean isPrint) {
    String end = isPrint ? "}}" : "%}";
    if (sign(place) == ' ' && !text.regionMatches(place, end, 0, 1)) {
      return -1; // as almost everywhere
    }
    if (text.startsWith("-" + end, place)) {
      return Characters.skipSpace(text, place + 3);
    }
    if (!isPrint && text.startsWith("+" + end, place)) {
      return place + 3;
    }
    if (!text.startsWith(end, place)) {
      return -1;
    }
    return !isPrint && text.startsWith("\n", place + 2) ? place + 3 : place + 2;
  }

  private void comment(int begin, int inside) {
    int end = text.indexOf("#}", inside);
    if (end < 0) {
      throw source.error(begin, "the comment has no end");
    }
    // The comment's own first sign is no part of its end: {#-#} is closed by #} alone.
    char sign = end > inside ? sign(end - 1) : ' ';
    moveTo(switch (sign) {
      case '-' -> Characters.skipSpace(text, end + 2);
      case '+' -> end + 2;
      default -> text.startsWith("\n", end + 2) ? end + 3 : end + 2;
    });
  }

  /** Where raw text begins if a block of that name stands at a place; else -1. */
  private int rawBegins(int inside) {
    int name = Characters.skipSpace(text, inside);
    if (!text.startsWith("raw", name)) {
      return -1;
    }
    int end = Characters.skipSpace(text, name + 3);
    if (text.startsWith("-%}", end)) {
      return Characters.skipSpace(text, end + 3);
    }
    return text.startsWith("%}", end) ? end + 2 : -1;
  }

  private void raw(int begin, int from) {
    moveTo(from);
    for (int i = text.indexOf("{%", from); i >= 0; i = text.indexOf("{%", i + 1)) {
      int name = Characters.skipSpace(text, sign(i + 2) == ' ' ? i + 2 : i + 3);
      int end = text.startsWith("endraw", name) ? tagEnd(Characters.skipSpace(text, name + 6), false) : -1;
      if (end >= 0) {
        data(trimmed(text.substring(from, i), sign(i + 2), false), from);
        moveTo(end);
        return;
      }
    }
    throw source.error(begin, "the raw block has no end");
  }

  private void moveTo(int place) {
    at = place;
    lineStarts = text.charAt(place - 1) == '\n';
  }

  private void data(String data, int begin) {
    if (!data.isEmpty()) {
      add(Kind.DATA, data, begin);
    }
  }

  private void add(Kind kind, String spelled, int begin) {
    tokens.add(new Token(kind, spelled, begin));
  }
}
