package dev.sextant.tokenizer.chat.jinja;

/**
 * A piece of a template.
 *
 * @param text a name, an operator or the text between tags, as the template spells it
 * @param value of a literal; else the text
 * @param at where it begins in the source
 */
record Token(Kind kind, String text, Object value, int at) {
  enum Kind {
    DATA, PRINT_BEGIN, PRINT_END, BLOCK_BEGIN, BLOCK_END, NAME, STRING, NUMBER, OPERATOR, END
  }

  Token(Kind kind, String text, int at) {
    this(kind, text, text, at);
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean isOperator(String wanted) {
    return kind == Kind.OPERATOR && text.equals(wanted);
  }

  boolean isName(String wanted) {
    return kind == Kind.NAME && text.equals(wanted);
  }

  /** For messages. */
  String describe() {
    return switch (kind) {
      case DATA -> "text";
      case END -> "the end of the template";
      default -> "'" + text + "'";
    };
  }
}
