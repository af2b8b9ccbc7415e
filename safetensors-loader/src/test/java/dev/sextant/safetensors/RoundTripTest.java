package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes back: 200 random files of every type, odd names and shapes, in random pieces. */
class RoundTripTest {
  private static final List<String> NAMES = List.of("w", "", "层.权重", "a\"\\\n\0", "😀", "model.layers.0.q_proj.weight",
      "{}");

  private record Tensor(DType dtype, long[] shape, byte[] data) {}

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatIsWrittenComesBack(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      Map<String, Tensor> tensors = tensors(random);
      Map<String, String> metadata = metadata(random);
      Path path = folder.resolve("f");
      write(path, metadata, tensors, random);
      assertEquals(0, (Files.size(path) - dataSize(tensors)) % 8, "the data begin aligned");
      try (Safetensors file = Safetensors.open(path)) {
        check(file, metadata, tensors);
      }
    }
  }

  private static long dataSize(Map<String, Tensor> tensors) {
    return tensors.values().stream().mapToLong(tensor -> tensor.data().length).sum();
  }

  private static void check(Safetensors file, Map<String, String> metadata, Map<String, Tensor> tensors) {
    assertEquals(List.copyOf(tensors.keySet()), file.names());
    assertEquals(List.copyOf(metadata.entrySet()), List.copyOf(file.metadata().entrySet()));
    tensors.forEach((name, tensor) -> {
      assertEquals(tensor.dtype(), file.info(name).dtype());
      assertArrayEquals(tensor.shape(), file.info(name).shape());
      assertEquals(-1, file.data(name).mismatch(MemorySegment.ofArray(tensor.data())));
    });
  }

  private static Map<String, Tensor> tensors(Random random) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      DType dtype = DType.values()[random.nextInt(DType.values().length)];
      int step = dtype.bits() % 8 == 0 ? 1 : 4; // four elements below a byte always fill whole bytes
      int rank = random.nextInt(step == 1 ? 0 : 1, 4);
      long[] shape = IntStream.range(0, rank).mapToLong(axis -> random.nextInt(6) * step).toArray();
      byte[] data = new byte[(int) dtype.byteSize(shape)];
      random.nextBytes(data);
      tensors.put(NAMES.get(random.nextInt(NAMES.size())) + (random.nextBoolean() ? "" : i),
          new Tensor(dtype, shape, data));
    }
    return tensors;
  }

  private static Map<String, String> metadata(Random random) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      metadata.put(NAMES.get(random.nextInt(NAMES.size())), NAMES.get(random.nextInt(NAMES.size())));
    }
    return metadata;
  }

  private static void write(Path path, Map<String, String> metadata, Map<String, Tensor> tensors, Random random)
      throws IOException {
    SafetensorsWriter.Builder builder = SafetensorsWriter.to(path);
    metadata.forEach(builder::metadata);
    tensors.forEach((name, tensor) -> builder.tensor(name, tensor.dtype(), tensor.shape()));
    try (SafetensorsWriter writer = builder.begin()) {
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        MemorySegment data = MemorySegment.ofArray(entry.getValue().data());
        int cut = random.nextInt((int) data.byteSize() + 1);
        writer.write(entry.getKey(), data.asSlice(0, cut));
        writer.write(entry.getKey(), data.asSlice(cut));
      }
      writer.finish();
    }
  }
}
