package dev.sextant.trust;

import dev.sextant.safetensors.DType;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.SafetensorsWriter;
import dev.sextant.safetensors.TensorInfo;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model's weights with more rows in its embedding and unembedding, all 0. */
final class BigVocabulary {
  private BigVocabulary() {}

  static byte[] of(Path folder, int vocabulary) throws IOException {
    Path made = folder.resolve("made");
    try (Safetensors file = Safetensors.open(folder)) {
      SafetensorsWriter.Builder builder = SafetensorsWriter.to(made);
      for (String name : file.names()) builder.tensor(name, DType.F32, shape(file.info(name), vocabulary));
      try (SafetensorsWriter writer = builder.begin()) {
        for (String name : file.names()) {
          long size = DType.F32.byteSize(shape(file.info(name), vocabulary));
          writer.write(name, size == file.info(name).byteSize() ? file.data(name)
              : MemorySegment.ofArray(new byte[(int) size]));
        }
        writer.finish();
      }
    }
    byte[] bytes = Files.readAllBytes(made);
    Files.delete(made);
    return bytes;
  }

  private static long[] shape(TensorInfo info, int vocabulary) {
    boolean table = info.name().contains("embed_tokens") || info.name().contains("lm_head");
    return table ? new long[] {vocabulary, info.shape()[1]} : info.shape();
  }
}
