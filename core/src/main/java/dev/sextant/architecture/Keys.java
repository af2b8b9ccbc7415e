package dev.sextant.architecture;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys of config.json that a family does not read: which of them would change the numbers, which do not matter. */
final class Keys {
  /** Keys that change the numbers in some family, and the value under which they change nothing; null is one always. */
  private static final Map<String, Object> NEUTRAL = Map.ofEntries(
      // embedding, stream and logits
      entry("embedding_multiplier", 1.0), entry("residual_multiplier", 1.0), entry("logits_scaling", 1.0),
      entry("logit_scale", 1.0), entry("final_logit_softcapping", 0.0), entry("parallel_attn", false),
      entry("use_parallel_residual", false), entry("text_config", false), entry("vision_config", false),
      // attention
      entry("attention_multiplier", 1.0), entry("attn_logit_softcapping", 0.0), entry("query_pre_attn_scalar", false),
      entry("scale_attn_weights", true), entry("scale_attn_by_inverse_layer_idx", false), entry("clip_qkv", false),
      entry("use_qk_norm", false), entry("qk_layernorm", false), entry("add_cross_attention", false),
      entry("use_bidirectional_attention", false), entry("attention_chunk_size", false), entry("sliding_window", false),
      entry("use_sliding_window", false), entry("layer_types", "full_attention"),
      // position
      entry("alibi", false), entry("rope_interleaved", false), entry("partial_rotary_factor", 1.0),
      entry("rotary_pct", 1.0), entry("rope_local_base_freq", false), entry("no_rope_layers", 1.0),
      // MLP and norms
      entry("num_local_experts", 0.0), entry("num_experts", 0.0), entry("n_routed_experts", 0.0),
      entry("mlp_only_layers", false), entry("mlp_type", "default"), entry("norm_type", "layer_norm"));

  /** Keys that describe training, bookkeeping or how others run the model, but not its numbers. */
  private static final Set<String> BOOKKEEPING = Set.of("model_type", "architectures", "torch_dtype", "dtype",
      "transformers_version", "initializer_range", "use_cache", "bos_token_id", "eos_token_id", "pad_token_id",
      "rope_scaling", "rope_parameters", "original_max_position_embeddings", "rope_theta", "n_ctx", "pretraining_tp",
      "attention_dropout", "attn_pdrop", "embd_pdrop", "resid_pdrop", "hidden_dropout", "classifier_dropout",
      "embedding_dropout", "residual_dropout", "summary_activation", "summary_first_dropout", "summary_type",
      "summary_proj_to_labels", "summary_use_proj", "reorder_and_upcast_attn", "attention_softmax_in_fp32",
      "task_specific_params", "gradient_checkpointing", "_name_or_path", "cache_implementation",
      "output_router_logits", "router_aux_loss_coef", "router_jitter_noise", "quantization_config");

  private Keys() {}

  /** A key that nothing here understands and that is not at its neutral value changes the numbers: better no model. */
  static void refuseUnknownMaths(Settings settings) {
    Config config = settings.file();
    for (String key : config.keys()) {
      if (!NEUTRAL.containsKey(key) || settings.reads(key) || !config.has(key)) continue;
      if (!isNeutral(config.raw(key), NEUTRAL.get(key))) {
        throw config.wrong(key, config.raw(key),
            "null: family " + settings.family().name() + " is not known to use it");
      }
    }
  }

  /** A list is neutral if all it lists is. */
  private static boolean isNeutral(@Nullable Object found, Object neutral) {
    if (found instanceof List<?> list) return list.stream().allMatch(each -> isNeutral(each, neutral));
    if (neutral instanceof Double number) return found instanceof Number n && n.doubleValue() == number;
    return neutral.equals(found);
  }

  /** Keys that nothing asked for. */
  static List<String> unread(Settings settings) {
    List<String> unread = new ArrayList<>();
    for (String key : settings.file().keys()) {
      if (!settings.reads(key) && !BOOKKEEPING.contains(key) && !NEUTRAL.containsKey(key)) unread.add(key);
    }
    return List.copyOf(unread);
  }
}
