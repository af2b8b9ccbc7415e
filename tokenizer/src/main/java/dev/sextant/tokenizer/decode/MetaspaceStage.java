package dev.sextant.tokenizer.decode;

/** Turns the visible space back into a space; in the first token, if one was put in front, into nothing. */
final class MetaspaceStage extends TokenStage {
  private final String replacement;
  private boolean dropping;

  MetaspaceStage(Stage next, Decoder.Metaspace metaspace) {
    super(next);
    replacement = metaspace.replacement();
    dropping = metaspace.prepended();
  }

  @Override
  void token(String token) {
    pass(token.replace(replacement, dropping ? "" : " "));
    dropping = false;
  }
}
