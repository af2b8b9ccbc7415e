package dev.sextant.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.examples.understanding.Calibrate;
import dev.sextant.examples.understanding.CompareJourneys;
import dev.sextant.examples.understanding.LookAtHeads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void compareJourneys() {
    List<String> lines = output(CompareJourneys::main).lines().toList();
    assertEquals(8, lines.size(), lines.toString());
    assertEquals("they part at RESIDUAL_POST of layer 1, position 3", lines.getFirst(), "where the day's name is");
    for (String line : lines.subList(1, 5))
      assertTrue(line.matches("layer [1-4]: at the last token [01][.,]\\d\\d apart"), line);
    for (String line : lines.subList(5, 8))
      assertTrue(line.matches(".*layer \\d.*: ([+]\\S+ became -|-\\S+ became [+])\\S+"), line);
  }

  @Test
  void lookAtHeads() {
    List<String> lines = output(LookAtHeads::main).lines().toList();
    assertEquals(6, lines.size());
    for (String line : lines) assertTrue(line.matches("layer [1-4], head [1-8]: [01][.,]\\d\\d to .*"), line);
  }

  @Test
  void calibrate() {
    List<String> lines = output(Calibrate::main).lines().toList();
    assertTrue(lines.size() > 3 && lines.stream().noneMatch(line -> line.contains("NaN")), lines.toString());
    long places = lines.stream().limit(lines.size() - 1)
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*: (\\d+) places.*", "$1")))
        .sum();
    assertEquals(21, places, "all tokens of the text");
    assertTrue(lines.getLast().matches("ECE 0[.,]\\d{3}, best temperature [0-8][.,]\\d\\d"), lines.getLast());
  }

  @Test
  void answerChat(@TempDir Path folder) throws IOException {
    Path model = DemoCopy.chatting(folder, "{{ messages[1].content }} Today is Monday. Tomorrow is");
    assertTrue(output(AnswerChat::main, model).startsWith(" Tuesday"), "the answer of a model that knows days");
  }

  private static String output(Consumer<String[]> main) {
    return output(main, Path.of("models/storm"));
  }

  private static String output(Consumer<String[]> main, Path model) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      main.accept(new String[] {model.toString()});
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
