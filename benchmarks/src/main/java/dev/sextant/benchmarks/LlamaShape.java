package dev.sextant.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sizes of a Llama model made for measuring, with tied embeddings in BF16. */
record LlamaShape(int hidden, int layers, int mlp, int heads, int keyValueHeads, int vocabulary) {

  /** About 10^9 parameters, 2.1 GB. */
  static final LlamaShape BILLION = new LlamaShape(2048, 16, 8192, 32, 8, 32_000);

  /** The shapes of all tensors by name, in the order of the file. */
  Map<String, long[]> tensors() {
    long keys = (long) keyValueHeads * (hidden / heads);
    Map<String, long[]> tensors = new LinkedHashMap<>();
    tensors.put("model.embed_tokens.weight", new long[] {vocabulary, hidden});
    for (int i = 0; i < layers; i++) {
      String layer = "model.layers." + i + ".";
      tensors.put(layer + "input_layernorm.weight", new long[] {hidden});
      tensors.put(layer + "self_attn.q_proj.weight", new long[] {hidden, hidden});
      tensors.put(layer + "self_attn.k_proj.weight", new long[] {keys, hidden});
      tensors.put(layer + "self_attn.v_proj.weight", new long[] {keys, hidden});
      tensors.put(layer + "self_attn.o_proj.weight", new long[] {hidden, hidden});
      tensors.put(layer + "post_attention_layernorm.weight", new long[] {hidden});
      tensors.put(layer + "mlp.gate_proj.weight", new long[] {mlp, hidden});
      tensors.put(layer + "mlp.up_proj.weight", new long[] {mlp, hidden});
      tensors.put(layer + "mlp.down_proj.weight", new long[] {hidden, mlp});
    }
    tensors.put("model.norm.weight", new long[] {hidden});
    return tensors;
  }

  /** The content of config.json. */
  String config() {
    return """
        {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu", "torch_dtype": "bfloat16",
         "hidden_size": %d, "num_hidden_layers": %d, "intermediate_size": %d, "num_attention_heads": %d,
         "num_key_value_heads": %d, "vocab_size": %d, "max_position_embeddings": 8192, "rms_norm_eps": 1e-5,
         "rope_theta": 10000.0, "tie_word_embeddings": true}
        """.formatted(hidden, layers, mlp, heads, keyValueHeads, vocabulary);
  }
}
