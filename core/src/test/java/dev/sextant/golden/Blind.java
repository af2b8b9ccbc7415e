package dev.sextant.golden;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Changes of family descriptions that no golden model notices. A line that begins with # says why the next are blind. */
final class Blind {
  private static final String FLIPS = """
      # only a golden of gpt2 leaves the prefix out
      gemma, gemma2, gemma3_text, gpt_neox, granite, llama, mistral, mixtral, olmo2, phi, phi3, qwen2, qwen3, qwen3_moe, \
      smollm3, stablelm, starcoder2 : prefix = body. ; prefix: -
      # no golden of the family has biases of attention; FamilyConfigTest sees that they are wanted when asked for
      gemma, gemma2, gemma3_text, granite, olmo2, qwen3, qwen3_moe, smollm3 : attention bias: - ; \
      query model.layers.*.self_attn.q_proj ; key model.layers.*.self_attn.k_proj ; \
      value model.layers.*.self_attn.v_proj ; output model.layers.*.self_attn.o_proj
      # nor of the MLP
      granite, smollm3 : mlp bias: - ; gate model.layers.*.mlp.gate_proj ; up model.layers.*.mlp.up_proj ; \
      down model.layers.*.mlp.down_proj
      # its config.json asks for biases, so that "always" is the same
      stablelm, starcoder2 : query model.layers.*.self_attn.q_proj +bias ; key model.layers.*.self_attn.k_proj +bias ; \
      value model.layers.*.self_attn.v_proj +bias
      starcoder2 : output model.layers.*.self_attn.o_proj +bias ; up model.layers.*.mlp.c_fc +bias ; \
      down model.layers.*.mlp.c_proj +bias
      gpt_neox : query|key|value gpt_neox.layers.*.attention.query_key_value +bias by-head ; \
      output gpt_neox.layers.*.attention.dense +bias
      # the file has an unembedding of its own, which serves whatever config.json says
      gpt_neox, mistral, mixtral, olmo2, phi, phi3, qwen3_moe, stablelm : tied = true ; tied: -
      llama : tied = true
      # no head_dim is given; hidden size / heads is the same
      granite, olmo2, smollm3 : head width = 8
      granite, mixtral, olmo2, qwen2, smollm3, starcoder2 : head width: -
      # config.json has the value that holds without the row
      gemma2 : layer types: -
      gemma3_text : logit cap: - ; score cap: -
      mixtral : window: -
      phi : key/value heads: -
      phi3 : rotary part: -
      qwen3_moe : expert interval: -
      # layer_types wins
      qwen3 : window from layer = 0 ; window from layer = 2 ; window from layer: -
      # no_rope_layers wins
      smollm3 : unrotated interval = 1 ; unrotated interval: -
      """;

  private Blind() {}

  /** By family. */
  static Map<String, Set<String>> flips() {
    Map<String, Set<String>> flips = new TreeMap<>();
    FLIPS.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
      String[] sides = line.split(" : ");
      for (String family : sides[0].split(", ")) {
        flips.computeIfAbsent(family, _ -> new TreeSet<>()).addAll(Arrays.asList(sides[1].split(" +; +")));
      }
    });
    return flips;
  }
}
