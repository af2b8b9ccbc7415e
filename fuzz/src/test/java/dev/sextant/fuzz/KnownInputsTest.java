package dev.sextant.fuzz;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The fuzzer's seeds, and everything it ever found, go through their target. */
class KnownInputsTest {
  private static final Path INPUTS = Path.of("src/test/resources");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @FunctionalInterface
  interface Target {
    void accept(byte[] data) throws Exception;
  }

  static Stream<Arguments> inputs() {
    return Stream.of(of("Safetensors", SafetensorsFuzzer::fuzzerTestOneInput),
        of("Tokenizer", TokenizerFuzzer::fuzzerTestOneInput), of("Config", ConfigFuzzer::fuzzerTestOneInput),
        of("ChatTemplate", ChatTemplateFuzzer::fuzzerTestOneInput), of("Regex", RegexFuzzer::fuzzerTestOneInput),
        of("Report", ReportFuzzer::fuzzerTestOneInput))
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inputs")
  void isBorne(Path file, Target target) throws IOException {
    byte[] data = Files.readAllBytes(file);
    assertTimeoutPreemptively(LIMIT, () -> target.accept(data));
  }

  private static List<Arguments> of(String name, Target target) {
    try (Stream<Path> files = Files.walk(INPUTS.resolve(name))) {
      List<Path> inputs = files.filter(Files::isRegularFile).filter(file -> !file.toString().endsWith(".dict")).sorted()
          .toList();
      assertTrue(inputs.size() >= 5, name + " has " + inputs.size() + " inputs");
      return inputs.stream().map(file -> Arguments.of(file, target)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
