package dev.sextant.fuzz;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.safetensors.DType;
import dev.sextant.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** About the smallest model that can be: random weights, and tokens that would like to be markup. */
final class SmallModel {
  /** How many tokens it knows. */
  static final int VOCABULARY = 3;
  private static final int HIDDEN = 4;
  private static final long SEED = 5;

  private static final String CONFIG = """
      {"model_type": "llama", "vocab_size": 3, "hidden_size": 4, "intermediate_size": 4, "num_hidden_layers": 1,
       "num_attention_heads": 2, "num_key_value_heads": 1, "hidden_act": "silu", "max_position_embeddings": 16,
       "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "tie_word_embeddings": true}
      """;
  private static final String TOKENIZER = """
      {"model": {"type": "BPE", "merges": [], "vocab": {"</script><!--": 0, "\\u001b[2J\\u2028&amp;\\u0000": 1,
       "{{policy}}\\"'\\\\": 2}}}
      """;

  private SmallModel() {}

  static Model open() {
    try {
      Path folder = Files.createTempDirectory("sextant-fuzz");
      Files.writeString(folder.resolve("config.json"), CONFIG);
      Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
      write(folder.resolve("model.safetensors"));
      Model model = Model.load(folder, LoadOptions.defaults().withThreads(1));
      for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
        Files.delete(folder.resolve(name));
      }
      Files.delete(folder);
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("model.embed_tokens", new long[] {VOCABULARY, HIDDEN});
    shapes.put("model.norm", new long[] {HIDDEN});
    for (String norm : new String[] {"input_layernorm", "post_attention_layernorm"}) {
      shapes.put("model.layers.0." + norm, new long[] {HIDDEN});
    }
    for (String square : new String[] {"self_attn.q_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj",
      "mlp.down_proj"}) {
      shapes.put("model.layers.0." + square, new long[] {HIDDEN, HIDDEN});
    }
    shapes.put("model.layers.0.self_attn.k_proj", new long[] {HIDDEN / 2, HIDDEN});
    shapes.put("model.layers.0.self_attn.v_proj", new long[] {HIDDEN / 2, HIDDEN});
    return shapes;
  }

  private static void write(Path file) throws IOException {
    Random random = new Random(SEED);
    SafetensorsWriter.Builder builder = SafetensorsWriter.to(file);
    shapes().forEach((name, shape) -> builder.tensor(name + ".weight", DType.F32, shape));
    try (SafetensorsWriter writer = builder.begin()) {
      for (Map.Entry<String, long[]> tensor : shapes().entrySet()) {
        float[] values = new float[(int) DType.F32.byteSize(tensor.getValue()) / Float.BYTES];
        for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
        MemorySegment data = MemorySegment.ofArray(new byte[values.length * Float.BYTES]);
        for (int i = 0; i < values.length; i++) {
          data.set(ValueLayout.JAVA_FLOAT_UNALIGNED, (long) i * Float.BYTES, values[i]);
        }
        writer.write(tensor.getKey() + ".weight", data);
      }
      writer.finish();
    }
  }
}
