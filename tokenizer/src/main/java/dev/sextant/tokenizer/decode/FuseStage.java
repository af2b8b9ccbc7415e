package dev.sextant.tokenizer.decode;

/** Makes one token of all. */
final class FuseStage implements Stage {
  private final Stage next;

  FuseStage(Stage next) {
    this.next = next;
  }

  @Override
  public void text(String fragment) {
    next.text(fragment);
  }

  @Override
  public void endToken() {}

  @Override
  public void end() {
    next.endToken();
    next.end();
  }
}
