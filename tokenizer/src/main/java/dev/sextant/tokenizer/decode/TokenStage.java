package dev.sextant.tokenizer.decode;

/** A stage that needs each token as a whole. */
abstract class TokenStage implements Stage {
  final Stage next;
  private final StringBuilder token = new StringBuilder();

  TokenStage(Stage next) {
    this.next = next;
  }

  abstract void token(String token);

  @Override
  public final void text(String fragment) {
    token.append(fragment);
  }

  @Override
  public final void endToken() {
    String whole = token.toString();
    token.setLength(0);
    token(whole);
  }

  @Override
  public void end() {
    next.end();
  }

  final void pass(String text) {
    next.text(text);
    next.endToken();
  }
}
