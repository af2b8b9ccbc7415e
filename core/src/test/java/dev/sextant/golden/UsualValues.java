package dev.sextant.golden;

import java.util.Arrays;
import java.util.List;

/**
 * Values of absent keys that no golden model shows: its config.json states another value, or it does not matter there
 * (with an unembedding of its own, being tied; without a window, where windows begin). They are those of transformers,
 * taken on trust.
 */
final class UsualValues {
  private static final String UNTESTED = """
      gemma : head width: head_dim = 256
      gemma2 : head width: head_dim = 256 ; window: sliding_window = 4096 ; score width: query_pre_attn_scalar = 256 ; \
      score cap: attn_logit_softcapping = 50 ; logit cap: final_logit_softcapping = 30
      gemma3_text : head width: head_dim = 256 ; window: sliding_window = 4096 ; \
      window pattern: sliding_window_pattern|_sliding_window_pattern = 6 ; score width: query_pre_attn_scalar = 256
      gpt_neox : tied: tie_word_embeddings = false ; rotary part: rotary_pct|partial_rotary_factor = 0.25
      granite : tied: tie_word_embeddings = false ; score scale: attention_multiplier = 1 ; \
      logit divisor: logits_scaling = 1 ; embedding scale: embedding_multiplier = 1 ; \
      residual scale: residual_multiplier = 1
      llama : tied: tie_word_embeddings = false
      mistral : tied: tie_word_embeddings = false
      mixtral : tied: tie_word_embeddings = false
      olmo2 : tied: tie_word_embeddings = false ; rotary base: rope_theta = 10000
      phi : tied: tie_word_embeddings = false ; rotary part: partial_rotary_factor = 0.5
      phi3 : tied: tie_word_embeddings = false
      qwen2 : tied: tie_word_embeddings = false ; rotary base: rope_theta = 10000 ; window: sliding_window = 4096 ; \
      window from layer: max_window_layers = 28
      qwen3 : tied: tie_word_embeddings = false ; rotary base: rope_theta = 10000 ; window: sliding_window = 4096 ; \
      window on: use_sliding_window = false ; window from layer: max_window_layers = 28
      qwen3_moe : tied: tie_word_embeddings = false ; rotary base: rope_theta = 10000 ; \
      renormalize: norm_topk_prob = false
      smollm3 : rotary base: rope_theta = 2000000 ; unrotated interval: no_rope_layer_interval = 4
      stablelm : tied: tie_word_embeddings = false ; attention bias: use_qkv_bias = false ; \
      rotary part: partial_rotary_factor = 0.25
      starcoder2 : rotary base: rope_theta = 10000
      """;

  private UsualValues() {}

  /** In the order of settings. */
  static List<String> untested(String family) {
    return UNTESTED.lines().filter(line -> line.startsWith(family + " : "))
        .flatMap(line -> Arrays.stream(line.substring(line.indexOf(" : ") + 3).split(" +; +"))).toList();
  }
}
