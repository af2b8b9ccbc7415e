package dev.sextant.architecture;

import dev.sextant.kernel.Norm;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The families that are known; a relative is its differences. */
public final class Families {
  /** Touvron et al., arXiv:2302.13971; grouped heads since arXiv:2307.09288. */
  static final Architecture LLAMA = new Architecture("llama", Norm.Kind.RMS, true, false, "model.", Map.of(), Map.of())
      .withTensors("""
      embedding       model.embed_tokens
      attention.norm  model.layers.*.input_layernorm
      query           model.layers.*.self_attn.q_proj           +attention-bias
      key             model.layers.*.self_attn.k_proj           +attention-bias
      value           model.layers.*.self_attn.v_proj           +attention-bias
      output          model.layers.*.self_attn.o_proj           +attention-bias
      mlp.norm        model.layers.*.post_attention_layernorm
      gate            model.layers.*.mlp.gate_proj              +mlp-bias
      up              model.layers.*.mlp.up_proj                +mlp-bias
      down            model.layers.*.mlp.down_proj              +mlp-bias
      final.norm      model.norm
      unembedding     lm_head
      """)
      .withSettings("""
      hidden:          hidden_size
      layers:          num_hidden_layers
      heads:           num_attention_heads
      key/value heads: num_key_value_heads
      head width:      head_dim
      mlp:             intermediate_size
      vocabulary:      vocab_size
      context:         max_position_embeddings
      epsilon:         rms_norm_eps
      activation:      hidden_act
      tied:            tie_word_embeddings = false
      attention bias:  attention_bias = false
      mlp bias:        mlp_bias = false
      """);

  /** Jiang et al., arXiv:2310.06825. */
  static final Architecture MISTRAL = LLAMA.named("mistral").withSettings("window: sliding_window = 4096");

  /** Yang et al., arXiv:2407.10671: biases on query, key and value, none on the output. */
  static final Architecture QWEN2 = LLAMA.named("qwen2")
      .withTensors("""
      query   model.layers.*.self_attn.q_proj  +bias
      key     model.layers.*.self_attn.k_proj  +bias
      value   model.layers.*.self_attn.v_proj  +bias
      output  model.layers.*.self_attn.o_proj
      """)
      .withSettings("""
      window:            sliding_window = 4096
      window on:         use_sliding_window = false
      window from layer: max_window_layers = 28
      layer types:       layer_types
      """);

  /** Yang et al., arXiv:2505.09388: queries and keys normalized per head. */
  static final Architecture QWEN3 = QWEN2.named("qwen3").withTensors("""
    query       model.layers.*.self_attn.q_proj  +attention-bias
    key         model.layers.*.self_attn.k_proj  +attention-bias
    value       model.layers.*.self_attn.v_proj  +attention-bias
    output      model.layers.*.self_attn.o_proj  +attention-bias
    query.norm  model.layers.*.self_attn.q_norm
    key.norm    model.layers.*.self_attn.k_norm
    """);

  /** Radford et al., Language Models are Unsupervised Multitask Learners, 2019. */
  static final Architecture GPT2 = new Architecture("gpt2", Norm.Kind.LAYER, false, true, "transformer.", Map.of(),
      Map.of())
      .withTensors("""
      embedding        transformer.wte
      position         transformer.wpe
      attention.norm   transformer.h.*.ln_1         +bias
      query|key|value  transformer.h.*.attn.c_attn  +bias
      output           transformer.h.*.attn.c_proj  +bias
      mlp.norm         transformer.h.*.ln_2         +bias
      up               transformer.h.*.mlp.c_fc     +bias
      down             transformer.h.*.mlp.c_proj   +bias
      final.norm       transformer.ln_f             +bias
      unembedding      lm_head
      """)
      .withSettings("""
      hidden:                n_embd
      layers:                n_layer
      heads:                 n_head
      mlp:                   n_inner = 4 x hidden
      vocabulary:            vocab_size
      context:               n_positions
      epsilon:               layer_norm_epsilon
      activation:            activation_function
      tied:                  tie_word_embeddings = true
      scale scores:          scale_attn_weights = true
      scale scores by layer: scale_attn_by_inverse_layer_idx = false
      """);

  private static final Map<String, Architecture> ALL = Stream.of(LLAMA, MISTRAL, QWEN2, QWEN3, GPT2)
      .collect(Collectors.toMap(Architecture::name, family -> family, (a, b) -> a, TreeMap::new));

  private Families() {}

  /** Their {@code model_type}s, sorted. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The family whose model_type the configuration names; an error that lists the known ones otherwise. */
  static Architecture of(Config config) {
    String type = config.text("model_type");
    if (type == null) {
      throw config.error("model_type is missing; known families: " + String.join(", ", names()));
    }
    Architecture family = ALL.get(type);
    if (family == null) {
      throw config.error("model_type \"" + type + "\" is not supported; known families: " + String.join(", ", names()));
    }
    return family;
  }
}
