package dev.sextant.tokenizer.decode;

/** Turns the end-of-word suffix into a space; in the last token into nothing. */
final class SuffixStage extends TokenStage {
  private final String suffix;
  private String held = ""; // from the first suffix of the latest token on: not certain before another token comes
  private boolean open;

  SuffixStage(Stage next, String suffix) {
    super(next);
    this.suffix = suffix;
  }

  @Override
  void token(String token) {
    finishToken(" ");
    int first = suffix.isEmpty() ? token.length() : token.indexOf(suffix);
    int certain = first < 0 ? token.length() : first;
    next.text(token.substring(0, certain));
    held = token.substring(certain);
    open = true;
  }

  @Override
  public void end() {
    finishToken("");
    next.end();
  }

  private void finishToken(String replacement) {
    if (open) {
      pass(held.replace(suffix, replacement));
    }
  }
}
