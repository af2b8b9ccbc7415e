package dev.sextant.tokenizer.decode;

/** No decoder: tokens with a space between them. */
final class SpacedStage extends TokenStage {
  private boolean first = true;

  SpacedStage(Stage next) {
    super(next);
  }

  @Override
  void token(String token) {
    pass(first ? token : " " + token);
    first = false;
  }
}
