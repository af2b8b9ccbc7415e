package dev.sextant.benchmarks;

import dev.sextant.safetensors.DType;
import dev.sextant.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/** Folders of models made on the fly: right in form and size, without meaning. */
final class ModelFolders {
  private static final int PIECE = 1 << 20;

  private ModelFolders() {}

  /** The folder that a benchmark's parameter means: one that is there, or a random model of a billion parameters. */
  static Path of(String model) {
    if (!model.equals("random-1b")) return Path.of(model);
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "sextant-random-1b");
    try {
      if (!Files.exists(folder.resolve("model.safetensors"))) writeRandom(LlamaShape.BILLION, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /** Small random weights in BF16, the same million numbers again and again; norms of one. */
  private static void writeRandom(LlamaShape shape, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("config.json"), shape.config());
    short[] numbers = new short[PIECE];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < PIECE; i++) numbers[i] = bf16((random.nextFloat() - 0.5f) / 16);
    short[] ones = new short[shape.hidden()];
    Arrays.fill(ones, bf16(1));
    SafetensorsWriter.Builder builder = SafetensorsWriter.to(folder.resolve("model.safetensors"));
    shape.tensors().forEach((name, sizes) -> builder.tensor(name, DType.BF16, sizes));
    try (SafetensorsWriter writer = builder.begin()) {
      for (Map.Entry<String, long[]> tensor : shape.tensors().entrySet()) {
        short[] source = tensor.getValue().length == 1 ? ones : numbers;
        write(writer, tensor.getKey(), elements(tensor.getValue()), source);
      }
      writer.finish();
    }
  }

  private static void write(SafetensorsWriter writer, String name, long count, short[] source) throws IOException {
    for (long done = 0; done < count; done += source.length) {
      long length = Math.min(source.length, count - done);
      writer.write(name, MemorySegment.ofArray(source).asSlice(0, length * Short.BYTES));
    }
  }

  private static short bf16(float value) {
    return (short) (Float.floatToRawIntBits(value) >>> 16);
  }

  /** A model of zeros whose file takes no room on a disk that knows sparse files; returns the file's size. */
  static long writeSparse(LlamaShape shape, Path folder) throws IOException {
    Files.writeString(folder.resolve("config.json"), shape.config());
    StringBuilder header = new StringBuilder("{");
    long end = 0;
    for (Map.Entry<String, long[]> tensor : shape.tensors().entrySet()) {
      long begin = end;
      end += elements(tensor.getValue()) * Short.BYTES;
      header.append(header.length() == 1 ? "" : ",")
          .append("\"%s\":{\"dtype\":\"BF16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(tensor.getKey(), Arrays.toString(tensor.getValue()), begin, end));
    }
    byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("model.safetensors").toFile(), "rw")) {
      file.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
      file.write(json);
      file.setLength(Long.BYTES + json.length + end);
      return file.length();
    }
  }

  private static long elements(long[] shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
