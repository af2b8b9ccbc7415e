package dev.sextant.tokenizer;

import dev.sextant.tokenizer.decode.Stage;

/** The last stage of a decoding: collects text. */
final class TextSink implements Stage {
  private final StringBuilder text = new StringBuilder();

  @Override
  public void text(String fragment) {
    text.append(fragment);
  }

  @Override
  public void endToken() {}

  @Override
  public void end() {}

  /** What has come since the last time. */
  String take() {
    String taken = text.toString();
    text.setLength(0);
    return taken;
  }
}
