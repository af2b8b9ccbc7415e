package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelFamily;
import dev.sextant.SextantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Families described from outside. */
class ModelFamilyTest {
  @TempDir
  Path temporary;

  /** OLMo 2 as a relative of Llama. */
  private static final ModelFamily POST_NORM = new ModelFamily("postnorm", "llama", """
      attention.norm        -
      query.norm            model.layers.*.self_attn.q_norm
      key.norm              model.layers.*.self_attn.k_norm
      attention.norm.after  model.layers.*.post_attention_layernorm
      mlp.norm              -
      mlp.norm.after        model.layers.*.post_feedforward_layernorm
      """, "");

  /** Phi without any relative. */
  private static final ModelFamily ALONE = new ModelFamily("alone", null, """
      embedding       model.embed_tokens
      attention.norm  model.layers.*.input_layernorm   +bias
      query           model.layers.*.self_attn.q_proj  +bias
      key             model.layers.*.self_attn.k_proj  +bias
      value           model.layers.*.self_attn.v_proj  +bias
      output          model.layers.*.self_attn.dense   +bias
      mlp.norm        model.layers.*.input_layernorm   +bias
      up              model.layers.*.mlp.fc1           +bias
      down            model.layers.*.mlp.fc2           +bias
      final.norm      model.final_layernorm            +bias
      unembedding     lm_head                          +bias
      """, """
      hidden:      hidden_size
      layers:      num_hidden_layers
      heads:       num_attention_heads
      mlp:         intermediate_size
      vocabulary:  vocab_size
      context:     max_position_embeddings
      norm         = layer
      epsilon      = 1e-5
      activation   = gelu_new
      rotary base  = 10000
      rotary part: partial_rotary_factor
      parallel     = true
      """);

  @Test
  void aRelativeOfAKnownFamily() throws IOException {
    assertReproduces("olmo2", POST_NORM);
  }

  @Test
  void aFamilyWithoutRelatives() throws IOException {
    assertReproduces("phi", ALONE);
  }

  /** A golden model under another model_type, which is unknown until it is described. */
  private void assertReproduces(String name, ModelFamily family) throws IOException {
    Golden golden = Golden.of(name);
    Files.copy(golden.folder().resolve("model.safetensors"), temporary.resolve("model.safetensors"));
    String config = Files.readString(golden.folder().resolve("config.json"));
    Files.writeString(temporary.resolve("config.json"),
        config.replace("\"" + name + "\"", "\"" + family.name() + "\""));
    SextantException unknown = assertThrows(SextantException.class, () -> Model.load(temporary));
    assertTrue(unknown.getMessage().contains(family.name()), unknown.getMessage());
    try (Model model = Model.load(temporary, LoadOptions.defaults().withFamily(family))) {
      assertEquals(family.name(), model.config().family());
      double[] logits = Golden.doubles(model.nextTokenDistribution(golden.prompt("p29")).logits());
      golden.assertClose("p29.logits_last", logits, "logits_abs");
    }
  }

  @Test
  void aDescriptionHoldsBeforeTheKnownFamilyAndBeforeEarlierOnes() {
    Golden golden = Golden.of("llama");
    LoadOptions options = LoadOptions.defaults()
        .withFamily(new ModelFamily("llama", "llama", "query nowhere.*", ""));
    SextantException e = assertThrows(SextantException.class, () -> golden.load(options));
    assertTrue(e.getMessage().contains("nowhere.0.weight"), e.getMessage());
    golden.load(options.withFamily(new ModelFamily("llama", "llama", "", ""))).close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "none", quoteCharacter = '"', value = {
    "x  | nosuch | \"\"              | \"\"             | nosuch",
    "\"\" | llama | \"\"             | \"\"             | model_type",
    "x  | llama  | quarry a.*        | \"\"             | no role 'quarry'",
    "x  | llama  | query             | \"\"             | no tensor name",
    "x  | llama  | query a.* +biass  | \"\"             | +biass",
    "x  | llama  | query a           | \"\"             | a * for the layer",
    "x  | llama  | final.norm a.*    | \"\"             | no *",
    "x  | mixtral | expert.up a.*    | \"\"             | an @ for the expert",
    "x  | llama  | query|up a.*      | \"\"             | query|key|value and gate|up",
    "x  | llama  | query a.* by-head | \"\"             | by-head",
    "x  | llama  | embedding a +bias | \"\"             | no bias",
    "x  | llama  | output -          | \"\"             | no tensor row for output",
    "x  | llama  | down -            | \"\"             | no tensor row for down",
    "x  | llama  | router a.*        | \"\"             | no tensor row for expert.up, expert.down",
    "x  | none   | embedding a       | \"\"             | no tensor row for query, key, value",
    "x  | llama  | \"\"              | warp: a          | no setting 'warp'",
    "x  | llama  | \"\"              | window           | neither",
    "x  | llama  | \"\"              | prefix: a        | prefix",
    "x  | llama  | \"\"              | heads: -         | no setting row for heads"})
  void whatIsWrongIsSaid(String name, String base, String tensors, String settings, String mention) {
    InvalidArgumentException e = assertThrows(InvalidArgumentException.class,
        () -> new ModelFamily(name, base, tensors, settings));
    assertTrue(e.getMessage().contains(mention), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(delimiter = ':', value = {"norm = median : norm of family llama is \"median\"",
    "rotary part = 2 : of which 2.0 are rotated", "window = 0 : window of family llama is 0",
    "activation = tanh : \"tanh\"", "window = wide : window of family llama is \"wide\""})
  void aFixedValueThatCannotBeIsSaidWhenAModelIsOpened(String settings, String mention) {
    ModelFamily family = new ModelFamily("llama", "llama", "", settings);
    SextantException e = assertThrows(SextantException.class,
        () -> Golden.of("llama").load(LoadOptions.defaults().withFamily(family)));
    assertTrue(e.getMessage().contains(mention), e.getMessage());
  }
}
