package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.ChatTemplateException;
import dev.sextant.tokenizer.chat.jinja.Token.Kind;
import java.util.List;

/** The tokens still to be parsed, and how deep the parser is in them. */
final class TokenStream {
  /** Far deeper than any template; each level costs the stack a dozen calls. */
  private static final int NESTING = 100;

  private final Source source;
  private final List<Token> tokens;
  private int next;
  private int depth;

  TokenStream(Source source) {
    this.source = source;
    this.tokens = Lexer.tokens(source);
  }

  Token peek() {
    return tokens.get(next);
  }

  Token peekBehind() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  /** The current token, stepping behind it; the end stays. */
  Token take() {
    Token token = peek();
    if (!token.is(Kind.END)) {
      next++;
    }
    return token;
  }

  boolean skipOperator(String operator) {
    boolean found = peek().isOperator(operator);
    if (found) {
      next++;
    }
    return found;
  }

  boolean skipName(String name) {
    boolean found = peek().isName(name);
    if (found) {
      next++;
    }
    return found;
  }

  Token expect(Kind kind, String what) {
    if (!peek().is(kind)) {
      throw unexpected("expected " + what);
    }
    return take();
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("expected '" + operator + "'");
    }
  }

  ChatTemplateException unexpected(String expected) {
    return error(peek().at(), expected + ", found " + peek().describe());
  }

  ChatTemplateException error(int at, String reason) {
    return source.error(at, reason);
  }

  void enter() {
    if (++depth > NESTING) {
      throw error(peek().at(), "expressions and blocks nest deeper than " + NESTING);
    }
  }

  void leave() {
    depth--;
  }
}
