package dev.sextant.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Every sample runs on the bundled model. */
@ResourceLock(Resources.SYSTEM_OUT)
class SamplesTest {
  @Test
  void nextToken() {
    List<String> lines = output(NextToken::main).lines().toList();
    assertEquals(5, lines.size());
    assertTrue(lines.getFirst().matches(" +23[.,]4 %   over"), lines.getFirst());
  }

  @Test
  void generateText() {
    String output = output(GenerateText::main);
    assertTrue(output.matches("(?s) \\w.*\\R\\([A-Z_]+, \\d+ tokens/s\\)\\R"), output);
  }

  @Test
  void streamTokens() {
    assertEquals(" Tomorrow is Tuesday", output(StreamTokens::main));
  }

  @Test
  void whyThisToken() {
    String output = output(WhyThisToken::main);
    assertTrue(output.contains(" over") && output.contains("layer"), output);
  }

  private static String output(Consumer<String[]> main) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      main.accept(new String[] {"models/storm"});
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
