package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.SextantException;
import dev.sextant.WeightFormat;
import dev.sextant.testing.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that was saved and opened again says the same, to the bit, in every family and format. */
class SavedFolderTest {
  @TempDir
  private Path folder;

  static List<String> names() {
    return GoldenTest.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysTheSame(String name) {
    Golden golden = Golden.of(name);
    int[] ids = golden.prompt("p13");
    for (WeightFormat format : WeightFormat.values()) {
      Path saved = folder.resolve(format.toString());
      float[] expected;
      long parameters;
      try (Model model = golden.load(LoadOptions.defaults().withWeights(format))) {
        expected = model.nextTokenDistribution(ids).logits();
        parameters = model.report().parameters();
        model.save(saved);
      }
      try (Model model = Model.load(saved)) {
        assertArrayEquals(expected, model.nextTokenDistribution(ids).logits(), format.toString());
        assertEquals(parameters, model.report().parameters());
        assertEquals(0, model.report().copiedBytes(), "used where it lies");
        assertEquals(List.of(), model.report().unusedTensors());
      }
    }
  }

  @Test
  void quantisedWeightsLieAlignedAndTakeLess() throws IOException {
    Path q4 = save("llama-tied", WeightFormat.Q4);
    Path stored = save("llama-tied", WeightFormat.AS_STORED);
    assertTrue(Files.size(q4.resolve("model.safetensors")) < Files.size(stored.resolve("model.safetensors")) / 2);
  }

  @Test
  void tellsHowFarItIs() {
    List<Double> told = new ArrayList<>();
    try (Model model = Golden.of("llama").load(LoadOptions.defaults())) {
      model.save(folder.resolve("told"), told::add);
    }
    assertEquals(told.stream().sorted().toList(), told);
    assertEquals(1, told.getLast());
  }

  @Test
  void isNotBroughtIntoAnotherFormat() {
    Path q4 = save("llama", WeightFormat.Q4);
    SextantException e = assertThrows(SextantException.class,
        () -> Model.load(q4, LoadOptions.defaults().withWeights(WeightFormat.Q8)));
    assertTrue(e.getMessage().contains("the weights are stored in 4 bits already"), e.getMessage());
    Model.load(q4, LoadOptions.defaults().withWeights(WeightFormat.Q4)).close();
  }

  @Test
  void theModelsOwnFolderIsNotOverwritten() {
    Golden golden = Golden.of("llama");
    try (Model model = golden.load(LoadOptions.defaults())) {
      assertThrows(InvalidArgumentException.class, () -> model.save(golden.folder()));
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsAnError() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    try (Model model = Golden.of("llama").load(LoadOptions.defaults())) {
      SextantException e = assertThrows(SextantException.class, () -> model.save(file));
      assertEquals(file + ": cannot be written: there is a file of that name", e.getMessage());
      Path below = file.resolve("below");
      SextantException other = assertThrows(SextantException.class, () -> model.save(below));
      assertTrue(other.getMessage().startsWith(below + ": cannot be written: "), other.getMessage());
      assertFalse(other.getMessage().contains("irectory"), other.getMessage());
    }
  }

  @Test
  void keepsTheConfigurationThatItWasOpenedWith() throws IOException {
    Path source = Folders.withTokenizer(folder.resolve("source"));
    try (Model model = Model.load(source)) {
      Files.writeString(source.resolve("config.json"), "{}");
      Files.writeString(source.resolve("generation_config.json"), "{\"eos_token_id\": 3}");
      model.save(folder.resolve("saved"));
      try (Model saved = Model.load(folder.resolve("saved"))) {
        assertArrayEquals(model.nextTokenDistribution(1).logits(), saved.nextTokenDistribution(1).logits());
        assertEquals(List.of(3), saved.config().endTokens(), "copied as it is now");
      }
      Files.delete(source.resolve("tokenizer.json"));
      Path other = folder.resolve("other");
      SextantException e = assertThrows(SextantException.class, () -> model.save(other));
      assertTrue(e.getMessage().contains("source: the files of the tokenizer"), e.getMessage());
      assertEquals(List.of(), below(other));
    }
  }

  @Test
  void aModelWithoutTokenizerDoesNotNeedItsFolder() throws IOException {
    Path source = Folders.copy(Folders.MODEL, folder.resolve("source"));
    Path moved = folder.resolve("moved");
    try (Model model = Model.load(source)) {
      Files.move(source, moved);
      model.save(folder.resolve("saved"));
      Model.load(folder.resolve("saved")).close();
      Files.move(moved, source);
    }
  }

  @Test
  void whatFailedCanBeTriedAgain() throws IOException {
    Path source = Folders.withTokenizer(folder.resolve("source"));
    Files.writeString(Files.createDirectories(source.resolve("additional_chat_templates")).resolve("rag.jinja"), "x");
    Path saved = folder.resolve("saved");
    Path config = saved.resolve("config.json");
    try (Model model = Model.load(source)) {
      assertThrows(SextantException.class, () -> model.save(saved, done -> {
        if (done == 1) makeFolder(config);
      }));
      assertEquals(List.of(config), below(saved), "what was there, or came meanwhile, stays");
      Files.delete(config);
      model.save(saved);
      assertEquals(8, below(saved).size(), below(saved).toString());
    }
  }

  private static void makeFolder(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> !path.equals(folder)).toList();
    }
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    Path config = save("llama", WeightFormat.Q8).resolve("config.json");
    String text = Files.readString(config);
    assertTrue(text.contains("\"version\" : 1"), text);
    Files.writeString(config, text.replace("\"version\" : 1", "\"version\" : 2"));
    SextantException e = assertThrows(SextantException.class, () -> Model.load(config.getParent()));
    assertTrue(e.getMessage().contains("quantization_config: version is 2; expected 1"), e.getMessage());
  }

  @Test
  void aMatrixOfAnotherSizeIsRefused() throws IOException {
    Path config = save("llama-tied", WeightFormat.Q8).resolve("config.json");
    String text = Files.readString(config);
    assertTrue(text.contains("\"vocab_size\" : 106"), text);
    Files.writeString(config, text.replace("\"vocab_size\" : 106", "\"vocab_size\" : 150"));
    SextantException e = assertThrows(SextantException.class, () -> Model.load(config.getParent()));
    assertTrue(e.getMessage().contains("tensor embedding.weight has"), e.getMessage());
  }

  private Path save(String name, WeightFormat format) {
    Path saved = folder.resolve(name + "-" + format);
    try (Model model = Golden.of(name).load(LoadOptions.defaults().withWeights(format))) {
      model.save(saved);
    }
    return saved;
  }
}
