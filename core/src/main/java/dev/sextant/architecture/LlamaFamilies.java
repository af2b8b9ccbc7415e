package dev.sextant.architecture;

/** Llama and its many relatives: norms before, rotary positions, a gated MLP. */
final class LlamaFamilies {
  /** What the families below have in common: no biases anywhere. */
  private static Architecture bare() {
    return Architecture.of("bare", """
      embedding       model.embed_tokens
      attention.norm  model.layers.*.input_layernorm
      query           model.layers.*.self_attn.q_proj
      key             model.layers.*.self_attn.k_proj
      value           model.layers.*.self_attn.v_proj
      output          model.layers.*.self_attn.o_proj
      mlp.norm        model.layers.*.post_attention_layernorm
      gate            model.layers.*.mlp.gate_proj
      up              model.layers.*.mlp.up_proj
      down            model.layers.*.mlp.down_proj
      final.norm      model.norm
      unembedding     lm_head
      """, """
      hidden:          hidden_size
      layers:          num_hidden_layers
      heads:           num_attention_heads
      key/value heads: num_key_value_heads
      head width:      head_dim
      mlp:             intermediate_size
      vocabulary:      vocab_size
      context:         max_position_embeddings
      norm             = rms
      epsilon:         rms_norm_eps
      activation:      hidden_act
      rotary base:     rope_theta = 10000
      tied:            tie_word_embeddings = false
      prefix           = model.
      """);
  }

  /** Biases of attention, where config.json asks for them. */
  private static final String ATTENTION_BIASES = """
      query   model.layers.*.self_attn.q_proj  +attention-bias
      key     model.layers.*.self_attn.k_proj  +attention-bias
      value   model.layers.*.self_attn.v_proj  +attention-bias
      output  model.layers.*.self_attn.o_proj  +attention-bias
      """;
  private static final String ATTENTION_BIAS = "attention bias: attention_bias = false\n";

  /** As {@link #bare}, with attention biases where config.json asks for them. */
  static Architecture biased() {
    return bare().relative("biased", ATTENTION_BIASES, ATTENTION_BIAS);
  }

  /** Touvron et al., arXiv:2302.13971; grouped heads since arXiv:2307.09288. */
  static Architecture llama() {
    return biased().relative("llama", """
      gate  model.layers.*.mlp.gate_proj  +mlp-bias
      up    model.layers.*.mlp.up_proj    +mlp-bias
      down  model.layers.*.mlp.down_proj  +mlp-bias
      """, "mlp bias: mlp_bias = false");
  }

  /** Jiang et al., arXiv:2310.06825: every layer sees the last positions only. */
  static Architecture mistral() {
    return bare().relative("mistral", "", "window: sliding_window = 4096");
  }

  /** Jiang et al., arXiv:2401.04088: Mistral with experts. */
  static Architecture mixtral() {
    return mistral().relative("mixtral", """
      gate         -
      up           -
      down         -
      router       model.layers.*.block_sparse_moe.gate
      expert.gate  model.layers.*.block_sparse_moe.experts.@.w1
      expert.up    model.layers.*.block_sparse_moe.experts.@.w3
      expert.down  model.layers.*.block_sparse_moe.experts.@.w2
      """, """
      rotary base:    rope_theta = 1000000
      window:         sliding_window
      mlp:            -
      experts:        num_local_experts
      experts chosen: num_experts_per_tok
      expert mlp:     intermediate_size
      renormalize     = true
      """);
  }

  /** Yang et al., arXiv:2407.10671: biases on query, key and value, none on the output. */
  static Architecture qwen2() {
    return bare().relative("qwen2", """
      query   model.layers.*.self_attn.q_proj  +bias
      key     model.layers.*.self_attn.k_proj  +bias
      value   model.layers.*.self_attn.v_proj  +bias
      """, """
      window:            sliding_window = 4096
      window on:         use_sliding_window = false
      window from layer: max_window_layers = 28
      layer types:       layer_types
      """);
  }

  /** Yang et al., arXiv:2505.09388: queries and keys normalized per head. */
  static Architecture qwen3() {
    return qwen2().relative("qwen3", ATTENTION_BIASES + """
      query.norm  model.layers.*.self_attn.q_norm
      key.norm    model.layers.*.self_attn.k_norm
      """, ATTENTION_BIAS);
  }

  /** Yang et al., arXiv:2505.09388: Qwen 3 with experts in some layers. */
  static Architecture qwen3Moe() {
    return qwen3().relative("qwen3_moe", """
      router       model.layers.*.mlp.gate
      expert.gate  model.layers.*.mlp.experts.@.gate_proj
      expert.up    model.layers.*.mlp.experts.@.up_proj
      expert.down  model.layers.*.mlp.experts.@.down_proj
      """, """
      window:            -
      window on:         -
      window from layer: -
      layer types:       -
      experts:           num_experts
      experts chosen:    num_experts_per_tok
      expert mlp:        moe_intermediate_size
      renormalize:       norm_topk_prob = false
      dense layers:      mlp_only_layers
      expert interval:   decoder_sparse_step = 1
      """);
  }

  /** Bakouch et al., SmolLM3, 2025: every fourth layer does not rotate (arXiv:2501.18795). */
  static Architecture smollm3() {
    return llama().relative("smollm3", "", """
      rotary base:        rope_theta = 2000000
      rotated layers:     no_rope_layers
      unrotated interval: no_rope_layer_interval = 4
      tied:               tie_word_embeddings = true
      """);
  }

  /** Team OLMo, arXiv:2501.00656: norms behind attention and MLP, and of all queries and all keys together. */
  static Architecture olmo2() {
    return biased().relative("olmo2", """
      attention.norm        -
      query.norm            model.layers.*.self_attn.q_norm
      key.norm              model.layers.*.self_attn.k_norm
      attention.norm.after  model.layers.*.post_attention_layernorm
      mlp.norm              -
      mlp.norm.after        model.layers.*.post_feedforward_layernorm
      """, "");
  }

  /** Granite Team, IBM, 2024: four multipliers. */
  static Architecture granite() {
    return llama().relative("granite", "", """
      embedding scale: embedding_multiplier = 1
      residual scale:  residual_multiplier = 1
      score scale:     attention_multiplier = 1
      logit divisor:   logits_scaling = 1
      """);
  }

  /** Abdin et al., arXiv:2404.14219: query, key and value in one tensor, gate and up in another. */
  static Architecture phi3() {
    return bare().relative("phi3", """
      query|key|value  model.layers.*.self_attn.qkv_proj
      gate|up          model.layers.*.mlp.gate_up_proj
      """, """
      head width:  -
      rotary part: partial_rotary_factor = 1
      window:      sliding_window
      """);
  }

  /** Bellagente et al., arXiv:2402.17834: LayerNorm, and a quarter of each head is rotated. */
  static Architecture stablelm() {
    return bare().relative("stablelm", """
      attention.norm  model.layers.*.input_layernorm           +bias
      query           model.layers.*.self_attn.q_proj          +attention-bias
      key             model.layers.*.self_attn.k_proj          +attention-bias
      value           model.layers.*.self_attn.v_proj          +attention-bias
      mlp.norm        model.layers.*.post_attention_layernorm  +bias
      final.norm      model.norm                               +bias
      """, """
      head width:     -
      norm            = layer
      epsilon:        layer_norm_eps
      rotary part:    partial_rotary_factor = 0.25
      attention bias: use_qkv_bias = false
      """);
  }

  /** Lozhkov et al., arXiv:2402.19173: LayerNorm, biases, a plain MLP. */
  static Architecture starcoder2() {
    return llama().relative("starcoder2", """
      attention.norm  model.layers.*.input_layernorm           +bias
      mlp.norm        model.layers.*.post_attention_layernorm  +bias
      gate            -
      up              model.layers.*.mlp.c_fc                  +mlp-bias
      down            model.layers.*.mlp.c_proj                +mlp-bias
      final.norm      model.norm                               +bias
      """, """
      norm            = layer
      epsilon:        norm_epsilon
      window:         sliding_window
      tied:           tie_word_embeddings = true
      attention bias: use_bias = true
      mlp bias:       use_bias = true
      """);
  }

  private LlamaFamilies() {}
}
