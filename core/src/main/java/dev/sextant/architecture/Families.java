package dev.sextant.architecture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The families that are known; a relative is its differences. The notation is explained in docs/families.md. A family's
 * tables are read when it is asked for: a program that opens one model does not wait for all the others.
 */
public final class Families {
  private static final List<String> NAMES = List.of("gemma", "gemma2", "gemma3", "gemma3_text", "gpt2", "gpt_neox",
      "granite", "llama", "mistral", "mixtral", "olmo2", "phi", "phi3", "qwen2", "qwen3", "qwen3_moe", "smollm3",
      "stablelm", "starcoder2");

  private Families() {}

  /** Their {@code model_type}s, sorted. */
  public static List<String> names() {
    return NAMES;
  }

  /** The family of that model_type, or null. */
  public static @Nullable Architecture named(String name) {
    return switch (name) {
      case "gemma" -> GemmaFamilies.gemma();
      case "gemma2" -> GemmaFamilies.gemma2();
      case "gemma3" -> GemmaFamilies.gemma3();
      case "gemma3_text" -> GemmaFamilies.gemma3Text();
      case "gpt2" -> GptFamilies.gpt2();
      case "gpt_neox" -> GptFamilies.gptNeox();
      case "granite" -> LlamaFamilies.granite();
      case "llama" -> LlamaFamilies.llama();
      case "mistral" -> LlamaFamilies.mistral();
      case "mixtral" -> LlamaFamilies.mixtral();
      case "olmo2" -> LlamaFamilies.olmo2();
      case "phi" -> GptFamilies.phi();
      case "phi3" -> LlamaFamilies.phi3();
      case "qwen2" -> LlamaFamilies.qwen2();
      case "qwen3" -> LlamaFamilies.qwen3();
      case "qwen3_moe" -> LlamaFamilies.qwen3Moe();
      case "smollm3" -> LlamaFamilies.smollm3();
      case "stablelm" -> LlamaFamilies.stablelm();
      case "starcoder2" -> LlamaFamilies.starcoder2();
      default -> null;
    };
  }

  /** The family whose model_type the configuration names; an error that lists the known ones otherwise. */
  static Architecture of(Config config, List<Architecture> more) {
    String type = config.text("model_type");
    if (type == null) {
      throw config.error("model_type is missing; known families: " + String.join(", ", names()));
    }
    for (Architecture family : more) if (family.name().equals(type)) return family;
    Architecture family = named(type);
    if (family == null) {
      throw config.error("model_type \"" + type + "\" is not supported; known families: " + String.join(", ", names()));
    }
    return family;
  }
}
