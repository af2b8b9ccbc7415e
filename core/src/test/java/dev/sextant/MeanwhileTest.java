package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MeanwhileTest {
  @Test
  void throwsWhatTheReadingThrew() throws IOException {
    IOException trouble = new IOException("gone");
    try (Meanwhile<String> failing = new Meanwhile<>("failing", () -> {
      throw trouble;
    }); Meanwhile<String> reading = new Meanwhile<>("reading", () -> "read")) {
      assertSame(trouble, assertThrows(IOException.class, failing::get));
      assertEquals("read", reading.get());
    }
  }
}
