package dev.sextant;

import java.util.List;

/** The known families, in words. */
final class Catalogue {
  private static final String ROWS = """
      gemma | Gemma 1, CodeGemma | norm weights stored less one, embeddings times √hidden, gated MLP with GELU (tanh), \
      unembedding tied | gemma
      gemma2 | Gemma 2 | as gemma; norms before and behind each half, every second layer with a window, scores and \
      logits capped | gemma2
      gemma3 | Gemma 3 text models whose config.json says gemma3 and has the text model's settings at its top | as \
      gemma3_text | gemma3 under this name
      gemma3_text | Gemma 3 270M and 1B | as gemma2 without caps; norms per head, five of six layers \
      with a window and a rotary base of their own | gemma3, gemma3-newcfg
      gpt2 | GPT-2, DistilGPT2 | learned positions, LayerNorm, plain MLP, query, key and value in one tensor, \
      projections stored [in, out] | gpt2, gpt2-f16, gpt2-gelu, gpt2-inverse-layer, gpt2-relu, gpt2-silu, gpt2-unscaled
      gpt_neox | Pythia, GPT-NeoX-20B, Dolly 2 | attention and MLP in parallel behind two norms, query, key and value \
      head by head in one tensor, a quarter of each head rotated | gpt_neox, gpt_neox-sequential
      granite | Granite 3 | as llama; embeddings, scores, writes and logits scaled | granite
      llama | Llama 1 to 3.3, SmolLM 1 and 2, TinyLlama, Vicuna, Yi | RMSNorm, rotary positions, grouped heads, gated \
      MLP | llama, llama-bf16, llama-bf16-sharded, llama-bias, llama-mlp-bias, llama-rope-dynamic, llama-rope-linear, \
      llama-rope-llama3, llama-rope-llama3-newcfg, llama-rope-yarn, llama-rope-yarn-full, llama-rope-yarn-mscale, \
      llama-rope-yarn-mscale-newcfg, llama-tied; SmolLM2-135M-Instruct
      mistral | Mistral 7B, Mistral Nemo, Zephyr | as llama; every layer with a window, where config.json says so | \
      mistral, mistral-full
      mixtral | Mixtral 8x7B and 8x22B | as mistral; a mixture of experts in each layer | mixtral
      olmo2 | OLMo 2 | as llama; norms behind attention and MLP instead of before, and of all queries and all keys \
      together | olmo2
      phi | Phi-1, Phi-1.5, Phi-2 | attention and MLP in parallel behind one norm, LayerNorm, biases everywhere, half \
      of each head rotated | phi
      phi3 | Phi-3 mini and medium, Phi-3.5 mini, Phi-4, Phi-4 mini | as llama; fused tensors, a window, LongRoPE | \
      phi3, phi3-longrope, phi3-longrope-crossing
      qwen2 | Qwen1.5, Qwen2, Qwen2.5, QwQ | as llama; biases on query, key and value, windows in upper layers where \
      config.json says so | qwen2, qwen2-window, qwen2-window-newcfg
      qwen3 | Qwen3 dense | as qwen2; norms per head instead of biases | qwen3, qwen3-window
      qwen3_moe | Qwen3-30B-A3B, Qwen3-235B-A22B, Qwen3-Coder | as qwen3; mixtures of many small experts, in some \
      layers a plain MLP | qwen3_moe
      smollm3 | SmolLM3 | as llama; every fourth layer does not rotate | smollm3
      stablelm | StableLM 3B, StableLM 2 1.6B | as llama; LayerNorm, a quarter of each head rotated | stablelm
      starcoder2 | StarCoder2 | LayerNorm, biases, plain MLP, rotary positions, grouped heads, a window | starcoder2
      """;

  private Catalogue() {}

  static List<Family> families() {
    return ROWS.lines().map(Catalogue::family).toList();
  }

  private static Family family(String row) {
    String[] cells = row.strip().split("\\s*\\|\\s*");
    return new Family(cells[0], cells[1], cells[2], cells[3]);
  }
}
