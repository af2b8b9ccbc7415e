package dev.sextant.tokenizer.decode;

import dev.sextant.tokenizer.text.ByteStandIns;

/** Turns stand-ins back into bytes and these, over all tokens, into text. */
final class ByteLevelStage extends TokenStage {
  private final Utf8Assembler assembler;

  ByteLevelStage(Stage next, Decoder.Mode mode) {
    super(next);
    assembler = new Utf8Assembler(mode == Decoder.Mode.LEGIBLE);
  }

  @Override
  void token(String token) {
    for (byte b : ByteStandIns.bytesOf(token)) {
      assembler.accept(b);
    }
    next.text(assembler.take());
  }

  @Override
  public void end() {
    next.text(assembler.takeLast());
    next.endToken();
    next.end();
  }
}
