package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelFamily;
import dev.sextant.SextantException;
import dev.sextant.architecture.Architecture;
import dev.sextant.architecture.Families;
import dev.sextant.architecture.Setting;
import dev.sextant.testing.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden models whose config.json is changed: keys left out, keys that ask for more, keys that are not understood. */
class FamilyConfigTest {
  @TempDir
  Path temporary;

  /** The golden model with one key set, or left out where the value is empty. */
  private Path changed(String golden, String key, String value) throws IOException {
    Path folder = Files.createTempDirectory(temporary, golden);
    try (Stream<Path> files = Files.list(Golden.of(golden).folder())) {
      for (Path file : files.filter(path -> path.toString().contains("model")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    String config = Files.readString(Golden.of(golden).folder().resolve("config.json"));
    String without = Pattern.compile("(?m)^ *\"" + key + "\": ([^\\n{\\[]*|\\[[^]]*]|\\{[^}]*}),?\\n").matcher(config)
        .replaceAll("");
    assertFalse(value.isEmpty() && without.equals(config), key + " is not there to be left out");
    String with = value.isEmpty() ? without : without.replaceFirst("\\{", "{\n \"" + key + "\": " + value + ",");
    Files.writeString(folder.resolve("config.json"), with.replaceFirst(",\\s*}\\s*$", "\n}\n"));
    return folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemma", "gemma2", "gemma3", "granite", "olmo2", "qwen3", "qwen3_moe", "smollm3"})
  void biasesAreWantedWhenAskedFor(String golden) throws IOException {
    Path folder = changed(golden, "attention_bias", "true");
    SextantException e = assertThrows(SextantException.class, () -> Model.load(folder));
    assertTrue(e.getMessage().contains("q_proj.bias"), e.getMessage());
  }

  /** Beyond 2^21, indices into the rows of a pass could overflow. */
  @ParameterizedTest
  @CsvSource({"qwen3_moe, hidden_size", "qwen3_moe, head_dim", "llama, intermediate_size",
    "qwen3_moe, moe_intermediate_size",
    "gpt2, n_inner"})
  void widthsThatNoModelHasAreRefused(String golden, String key) throws IOException {
    Path folder = changed(golden, key, "2097153");
    SextantException e = assertThrows(SextantException.class, () -> Model.load(folder));
    assertTrue(e.getMessage().contains("at most 2097152"), e.getMessage());
    Path most = changed(golden, key, key.equals("head_dim") ? "262144" : "2097152");
    SextantException shape = assertThrows(SextantException.class, () -> Model.load(most));
    assertFalse(shape.getMessage().contains("at most 2097152"), shape.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"granite", "smollm3"})
  void biasesOfTheMlpAreWantedWhenAskedFor(String golden) throws IOException {
    Path folder = changed(golden, "mlp_bias", "true");
    SextantException e = assertThrows(SextantException.class, () -> Model.load(folder));
    assertTrue(e.getMessage().contains("gate_proj.bias"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "llama     | sliding_window                | 64",
    "llama     | attn_logit_softcapping        | 50.0",
    "llama     | partial_rotary_factor         | 0.5",
    "llama     | num_local_experts             | 8",
    "llama     | layer_types                   | ['sliding_attention', 'full_attention']",
    "llama     | no_rope_layers                | [1, 0]",
    "gemma3    | text_config                   | {'hidden_size': 32}",
    "gemma3    | use_bidirectional_attention   | true",
    "stablelm  | use_parallel_residual         | true",
    "stablelm  | qk_layernorm                  | true",
    "phi       | qk_layernorm                  | true",
    "starcoder2 | mlp_type                     | 'gated'",
    "qwen3_moe | use_sliding_window            | true",
    "granite   | quantization_config           | {'quant_method': 'gptq'}"})
  void whatIsNotUnderstoodIsRefused(String golden, String key, String value) throws IOException {
    Path folder = changed(golden, key, value.replace('\'', '"'));
    SextantException e = assertThrows(SextantException.class, () -> Model.load(folder));
    assertTrue(e.getMessage().contains(key), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
    "llama | {'rope_type': 'default', 'mrope_section': [1, 2]} | mrope_section",
    "llama | {'rope_type': 'longrope', 'factor': 4, 'short_factor': [1], 'long_factor': [1]} | short_factor",
    "phi3  | {'type': 'longrope', 'short_factor': [1, 1, 1, 1, 1, 1], 'long_factor': [1, 1, 1, 1, 1, 0]} | long_factor",
    "phi3  | {'type': 'longrope', 'short_mscale': 1.1} | short_mscale"})
  void rotaryFormsThatAreNotUnderstoodAreRefused(String golden, String value, String mention) throws IOException {
    Path folder = changed(golden, "rope_scaling", value.replace('\'', '"'));
    SextantException e = assertThrows(SextantException.class, () -> Model.load(folder));
    assertTrue(e.getMessage().contains("rope_scaling") && e.getMessage().contains(mention), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "mixtral   | num_experts_per_tok | 5 | num_experts_per_tok 5 is more than num_local_experts 4",
    "mixtral   | num_local_experts   | 5 | (experts by hidden)",
    "qwen3_moe | mlp_only_layers     | [] | layers.1.mlp.gate",
    "smollm3   | no_rope_layers      | [1, 0] | for each layer",
    "gpt_neox  | rotary_pct          | 0.1 | even number",
    "gemma2    | layer_types         | [1] | 3 texts"})
  void whatDoesNotFitIsSaid(String golden, String key, String value, String mention) throws IOException {
    Path folder = changed(golden, key, value);
    SextantException e = assertThrows(SextantException.class, () -> Model.load(folder));
    assertTrue(e.getMessage().contains(mention), e.getMessage());
  }

  /** Keys that are absent have their usual values: where a golden states the usual value, leaving it out is the same. */
  @ParameterizedTest
  @MethodSource("dev.sextant.golden.FlipTest#families")
  void anAbsentKeyHasItsUsualValue(String name) throws IOException {
    Architecture family = Objects.requireNonNull(Families.named(name));
    List<String> untested = new ArrayList<>();
    for (Setting setting : family.settings().keySet().stream().sorted().toList()) {
      Architecture.Key key = family.settings().get(setting);
      if (key.names().isEmpty() || key.otherwise() == null) continue;
      boolean tested = false;
      for (Golden golden : FlipTest.goldens(name)) tested |= isUsual(golden, setting, key);
      if (!tested) untested.add(setting + ": " + String.join("|", key.names()) + " = " + key.otherwise());
    }
    assertEquals(UsualValues.untested(name), untested);
  }

  /** Whether the golden has the usual value, stated or not; another usual value is noticed then. */
  private boolean isUsual(Golden golden, Setting setting, Architecture.Key key) throws IOException {
    Json config = Json.read(golden.folder().resolve("config.json"));
    List<String> stated = key.names().stream().filter(config::has).toList();
    String usual = Objects.requireNonNull(key.otherwise());
    if (!stated.isEmpty() && !FlipTest.isInForce(golden, key, usual)) return false;
    Path folder = golden.folder();
    for (String each : stated) folder = changed(golden.name(), each, "");
    String family = golden.json().get("model_type").text();
    String names = setting + ": " + String.join("|", key.names()) + " = ";
    assertArrayEquals(logits(golden.folder(), golden, family, ""), logits(folder, golden, family, ""));
    for (String other : FlipTest.VALUES.get(setting)) {
      if (!other.equals(usual) && isNoticed(folder, golden, family, names + other)) return true;
    }
    return false;
  }

  private static boolean isNoticed(Path folder, Golden golden, String family, String row) {
    try {
      golden.assertClose("p29.logits_last", Golden.doubles(logits(folder, golden, family, row)), "logits_abs");
      return false;
    } catch (SextantException | AssertionError e) {
      return true;
    }
  }

  private static float[] logits(Path folder, Golden golden, String family, String row) {
    LoadOptions options = LoadOptions.defaults().withThreads(1).withVectorized(false)
        .withFamily(new ModelFamily(family, family, "", row));
    try (Model model = Model.load(folder, options)) {
      return model.nextTokenDistribution(golden.prompt("p29")).logits();
    }
  }
}
