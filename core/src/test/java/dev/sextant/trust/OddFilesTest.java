package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.Model;
import dev.sextant.SextantException;
import dev.sextant.testing.Folders;
import dev.sextant.testing.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in the place of a file of a model's folder and is none: refused at once, by name, and given back. */
@Timeout(20)
class OddFilesTest {
  private static final List<String> AT_LOAD = List.of("config.json", "generation_config.json", "model.safetensors",
      "tokenizer.json", "tokenizer_config.json");
  private static final List<String> LATER = List.of("chat_template.jinja", "additional_chat_templates/more.jinja");

  /** What stands there instead. */
  private enum Odd {
    FOLDER, PIPE, DEVICE, LOOP, NOTHING;

    void put(Path file) throws IOException, InterruptedException {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      switch (this) {
        case FOLDER -> Files.createDirectory(file);
        case PIPE -> assumeTrue(Folders.makePipe(file), "no pipes here");
        case DEVICE -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
        case LOOP -> Files.createSymbolicLink(file, file.getFileName());
        case NOTHING -> Files.createSymbolicLink(file, Path.of("not-there"));
      }
    }
  }

  @TempDir
  Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = Folders.withTokenizer(temporary.resolve("model"));
  }

  static Stream<Arguments> places() {
    return Stream.concat(AT_LOAD.stream(), LATER.stream())
        .flatMap(name -> Stream.of(Odd.values()).map(odd -> Arguments.of(name, odd)));
  }

  @ParameterizedTest
  @MethodSource("places")
  void isRefused(String name, Odd odd) throws Exception {
    odd.put(folder.resolve(name));
    SextantException error = assertThrows(SextantException.class, () -> {
      try (Model model = Model.load(folder)) {
        model.chatTemplate();
      }
    });
    assertTrue(error.getMessage().contains(Path.of(name).getFileName().toString()), error.getMessage());
    assertEquals(List.of(), Held.below(folder));
  }

  static Stream<Arguments> older() {
    return Stream.of("vocab.json", "merges.txt")
        .flatMap(name -> Stream.of(Odd.values()).map(odd -> Arguments.of(name, odd)));
  }

  @ParameterizedTest
  @MethodSource("older")
  void isRefusedInOlderFolders(String name, Odd odd) throws Exception {
    Files.delete(folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("vocab.json"), "{\"a\":0}");
    Files.writeString(folder.resolve("merges.txt"), "");
    odd.put(folder.resolve(name));
    SextantException error = assertThrows(SextantException.class, () -> Model.load(folder).close());
    assertTrue(error.getMessage().contains(name), error.getMessage());
    assertEquals(List.of(), Held.below(folder));
  }
}
