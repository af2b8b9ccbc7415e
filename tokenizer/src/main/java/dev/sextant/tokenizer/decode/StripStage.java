package dev.sextant.tokenizer.decode;

/** Takes up to that many of one character from each end of every token. */
final class StripStage implements Stage {
  private final Stage next;
  private final int character;
  private final int start;
  private final int stop;
  private int strippable;
  private int heldBack; // of that character at the end of the text so far, at most stop

  StripStage(Stage next, Decoder.Strip strip) {
    this.next = next;
    character = strip.character();
    start = strip.start();
    stop = strip.stop();
    strippable = start;
  }

  @Override
  public void text(String fragment) {
    StringBuilder kept = new StringBuilder();
    fragment.codePoints().forEach(c -> {
      if (c != character) {
        strippable = 0;
        release(kept);
        kept.appendCodePoint(c);
      } else if (strippable > 0) {
        strippable--;
      } else if (heldBack < stop) {
        heldBack++;
      } else {
        kept.appendCodePoint(c);
      }
    });
    next.text(kept.toString());
  }

  private void release(StringBuilder kept) {
    kept.repeat(character, heldBack);
    heldBack = 0;
  }

  @Override
  public void endToken() {
    strippable = start;
    heldBack = 0;
    next.endToken();
  }

  @Override
  public void end() {
    next.end();
  }
}
