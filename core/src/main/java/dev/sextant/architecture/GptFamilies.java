package dev.sextant.architecture;

/** GPT-2 and those who kept its LayerNorm, its biases and its plain MLP. */
final class GptFamilies {
  /** Radford et al., Language Models are Unsupervised Multitask Learners, 2019. */
  static Architecture gpt2() {
    return Architecture.of("gpt2", """
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
      """, """
      hidden:                n_embd
      layers:                n_layer
      heads:                 n_head
      mlp:                   n_inner = 4 x hidden
      vocabulary:            vocab_size
      context:               n_positions
      norm                   = layer
      epsilon:               layer_norm_epsilon
      activation:            activation_function
      tied:                  tie_word_embeddings = true
      scale scores:          scale_attn_weights = true
      scale scores by layer: scale_attn_by_inverse_layer_idx = false
      transposed             = true
      prefix                 = transformer.
      """);
  }

  /** Black et al., arXiv:2204.06745: attention and MLP in parallel, each with a norm of its own. */
  static Architecture gptNeox() {
    return Architecture.of("gpt_neox", """
      embedding        gpt_neox.embed_in
      attention.norm   gpt_neox.layers.*.input_layernorm            +bias
      query|key|value  gpt_neox.layers.*.attention.query_key_value  +attention-bias by-head
      output           gpt_neox.layers.*.attention.dense            +attention-bias
      mlp.norm         gpt_neox.layers.*.post_attention_layernorm   +bias
      up               gpt_neox.layers.*.mlp.dense_h_to_4h          +bias
      down             gpt_neox.layers.*.mlp.dense_4h_to_h          +bias
      final.norm       gpt_neox.final_layer_norm                    +bias
      unembedding      embed_out
      """, """
      hidden:         hidden_size
      layers:         num_hidden_layers
      heads:          num_attention_heads
      mlp:            intermediate_size
      vocabulary:     vocab_size
      context:        max_position_embeddings
      norm            = layer
      epsilon:        layer_norm_eps
      activation:     hidden_act
      rotary base:    rotary_emb_base|rope_theta = 10000
      rotary part:    rotary_pct|partial_rotary_factor = 0.25
      parallel:       use_parallel_residual = true
      tied:           tie_word_embeddings = false
      attention bias: attention_bias = true
      prefix          = gpt_neox.
      """);
  }

  /** Gunasekar et al., arXiv:2306.11644: attention and MLP in parallel behind one norm. */
  static Architecture phi() {
    return Architecture.of("phi", """
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
      hidden:          hidden_size
      layers:          num_hidden_layers
      heads:           num_attention_heads
      key/value heads: num_key_value_heads
      mlp:             intermediate_size
      vocabulary:      vocab_size
      context:         max_position_embeddings
      norm             = layer
      epsilon:         layer_norm_eps
      activation:      hidden_act
      rotary base:     rope_theta = 10000
      rotary part:     partial_rotary_factor = 0.5
      parallel         = true
      tied:            tie_word_embeddings = false
      prefix           = model.
      """);
  }

  private GptFamilies() {}
}
