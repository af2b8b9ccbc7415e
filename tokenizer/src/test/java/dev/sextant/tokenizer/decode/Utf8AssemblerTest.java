package dev.sextant.tokenizer.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8AssemblerTest {
  /** Both ends of every range that a rule of UTF-8 distinguishes. */
  private static final int[] EDGES = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
    0xE0,
    0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};

  private static String assemble(byte[] bytes, boolean legible) {
    Utf8Assembler assembler = new Utf8Assembler(legible);
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      assembler.accept(b);
      text.append(assembler.take());
    }
    return text.append(assembler.takeLast()).toString();
  }

  @Test
  void agreesWithTheJdkOnAllEdgesUpToFourBytes() {
    int compared = 0;
    for (int length = 1; length <= 4; length++) {
      for (int n = 0; n < Math.pow(EDGES.length, length); n++) {
        byte[] bytes = new byte[length];
        for (int i = 0, rest = n; i < length; i++, rest /= EDGES.length) {
          bytes[i] = (byte) EDGES[rest % EDGES.length];
        }
        if (!holdsSurrogate(bytes)) { // the JDK makes one U+FFFD of it; right is one for each byte
          assertEquals(new String(bytes, StandardCharsets.UTF_8), assemble(bytes, false));
          compared++;
        }
      }
    }
    assertTrue(compared > 300_000, "compared " + compared);
  }

  private static boolean holdsSurrogate(byte[] bytes) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if ((bytes[i] & 0xFF) == 0xED && (bytes[i + 1] & 0xFF) >= 0xA0) {
        return true;
      }
    }
    return false;
  }

  @Test
  void anEncodedSurrogateIsThreeReplacements() {
    assertEquals("\uFFFD\uFFFD\uFFFD", assemble(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, false));
  }

  @Test
  void charactersComeWithTheirLastByte() {
    Utf8Assembler assembler = new Utf8Assembler(false);
    List<String> taken = new ArrayList<>();
    for (byte b : "é€😀".getBytes(StandardCharsets.UTF_8)) {
      assembler.accept(b);
      taken.add(assembler.take());
    }
    assertEquals(List.of("", "é", "", "", "€", "", "", "", "😀"), taken);
    assertEquals("", assembler.takeLast());
  }

  @Test
  void strayBytesCanBeShown() {
    assertEquals("a<0xE2><0x82>b<0xFF>", assemble(new byte[] {'a', (byte) 0xE2, (byte) 0x82, 'b', (byte) 0xFF}, true));
  }
}
