package dev.sextant.architecture;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The families that are known; a relative is its differences. The notation is explained in docs/families.md. */
public final class Families {
  private static final Map<String, Architecture> ALL = Stream.of(GptFamilies.GPT2, GptFamilies.GPT_NEOX,
      GptFamilies.PHI,
      GemmaFamilies.GEMMA, GemmaFamilies.GEMMA2, GemmaFamilies.GEMMA3, GemmaFamilies.GEMMA3_TEXT, LlamaFamilies.LLAMA,
      LlamaFamilies.MISTRAL, LlamaFamilies.MIXTRAL, LlamaFamilies.QWEN2, LlamaFamilies.QWEN3, LlamaFamilies.QWEN3_MOE,
      LlamaFamilies.SMOLLM3, LlamaFamilies.OLMO2, LlamaFamilies.GRANITE, LlamaFamilies.PHI3, LlamaFamilies.STABLELM,
      LlamaFamilies.STARCODER2)
      .collect(Collectors.toMap(Architecture::name, Function.identity(), (a, b) -> a, TreeMap::new));

  private Families() {}

  /** Their {@code model_type}s, sorted. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** The family of that model_type, or null. */
  public static @Nullable Architecture named(String name) {
    return ALL.get(name);
  }

  /** The family whose model_type the configuration names; an error that lists the known ones otherwise. */
  static Architecture of(Config config, List<Architecture> more) {
    String type = config.text("model_type");
    if (type == null) {
      throw config.error("model_type is missing; known families: " + String.join(", ", names()));
    }
    for (Architecture family : more) if (family.name().equals(type)) return family;
    Architecture family = ALL.get(type);
    if (family == null) {
      throw config.error("model_type \"" + type + "\" is not supported; known families: " + String.join(", ", names()));
    }
    return family;
  }
}
