package dev.sextant.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * Any texts from any bytes, lone surrogates included, so that the fuzzer's words are found in them as they are: a byte is a
 * character of Latin-1, but 0xFE and two more bytes are any UTF-16 unit, and 0xFF ends a text.
 */
final class Spellings {
  private static final int UNIT = 0xfe;
  private static final int END = 0xff;

  private final List<String> texts = new ArrayList<>();

  private Spellings() {}

  /** The texts from an index on, one at least. */
  static Spellings of(byte[] data, int from) {
    Spellings spellings = new Spellings();
    StringBuilder text = new StringBuilder();
    for (int i = from; i < data.length; i++) {
      int b = data[i] & 0xff;
      if (b == END) {
        spellings.texts.add(text.toString());
        text.setLength(0);
      } else if (b == UNIT && i + 2 < data.length) {
        text.append((char) ((data[i + 1] & 0xff) << 8 | data[i + 2] & 0xff));
        i += 2;
      } else {
        text.append((char) b);
      }
    }
    spellings.texts.add(text.toString());
    return spellings;
  }

  /** The text of that number; they come round again. */
  String get(int index) {
    return texts.get(index % texts.size());
  }
}
