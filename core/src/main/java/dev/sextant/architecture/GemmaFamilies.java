package dev.sextant.architecture;

/** Gemma: norm weights stored less one, embeddings scaled up, a gated MLP with GELU. */
final class GemmaFamilies {
  /**
   * Gemma Team, arXiv:2403.08295. The older key, {@code hidden_act}, says "gelu" and means the tanh form all the same.
   */
  static Architecture gemma() {
    return LlamaFamilies.biased().relative("gemma", "", """
      head width:     head_dim = 256
      norm            = rms about one
      activation:     hidden_activation = gelu_pytorch_tanh
      embedding scale = sqrt hidden
      tied:           tie_word_embeddings = true
      """);
  }

  /** Gemma Team, arXiv:2408.00118: norms on both sides, every second layer with a window, scores and logits capped. */
  static Architecture gemma2() {
    return gemma().relative("gemma2", """
      attention.norm.after  model.layers.*.post_attention_layernorm
      mlp.norm              model.layers.*.pre_feedforward_layernorm
      mlp.norm.after        model.layers.*.post_feedforward_layernorm
      """, """
      window:         sliding_window = 4096
      window pattern  = 2
      layer types:    layer_types
      score width:    query_pre_attn_scalar = 256
      score cap:      attn_logit_softcapping = 50
      logit cap:      final_logit_softcapping = 30
      """);
  }

  /** Gemma Team, arXiv:2503.19786: head norms instead of caps; layers with a window rotate by a base of their own. */
  static Architecture gemma3Text() {
    return gemma2().relative("gemma3_text", """
      query.norm  model.layers.*.self_attn.q_norm
      key.norm    model.layers.*.self_attn.k_norm
      """, """
      rotary base:       rope_theta = 1000000
      local rotary base: rope_local_base_freq = 10000
      window pattern:    sliding_window_pattern|_sliding_window_pattern = 6
      score cap:         attn_logit_softcapping
      logit cap:         final_logit_softcapping
      """);
  }

  /** The same under the name of the whole, where config.json describes the text model alone. */
  static Architecture gemma3() {
    return gemma3Text().named("gemma3");
  }

  private GemmaFamilies() {}
}
