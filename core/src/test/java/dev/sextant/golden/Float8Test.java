package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.SextantException;
import dev.sextant.testing.GoldenTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights of 8-bit floats with scales give the same logits, to the bit, as the same numbers written out in F32. */
class Float8Test {
  private static final String FP8 = "{\"quant_method\": \"fp8\", \"weight_block_size\": [16, 24]}";
  private static final String COMPRESSED = """
      {"quant_method": "compressed-tensors", "format": "float-quantized", "kv_cache_scheme": null, "ignore": ["lm_head"],
       "config_groups": {"group_0": {"targets": ["Linear"], "weights": {"num_bits": 8, "type": "float",
       "strategy": "channel", "symmetric": true}}}}""";

  @TempDir
  Path temporary;

  /** A tensor of a file in the making. */
  private record Stored(String dtype, long[] shape, byte[] data) {}

  private static byte[] bytes(float[] numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) buffer.putFloat(number);
    return buffer.array();
  }

  /** What a code stands for, from the definition in arXiv:2209.05433, table 1. */
  private static float value(String dtype, int code) {
    int fractionBits = dtype.equals("F8_E4M3") ? 3 : 2;
    int bias = dtype.equals("F8_E4M3") ? 7 : 15;
    int exponent = (code & 127) >> fractionBits;
    double fraction = (code & (1 << fractionBits) - 1) / (double) (1 << fractionBits);
    double magnitude = exponent == 0 ? fraction * Math.pow(2, 1 - bias) : (1 + fraction) * Math.pow(2, exponent - bias);
    return (float) (code < 128 ? magnitude : -magnitude);
  }

  /** How many scales, and which belongs to a number. */
  private record Layout(long[] shape, int blockRows, int blockColumns) {
    static Layout of(String kind, int rows, int columns) {
      return switch (kind) {
        case "tensor" -> new Layout(new long[0], rows, columns);
        case "one" -> new Layout(new long[] {1}, rows, columns);
        case "row" -> new Layout(new long[] {rows, 1}, 1, columns);
        case "block" -> new Layout(new long[] {Math.ceilDiv(rows, 16), Math.ceilDiv(columns, 24)}, 16, 24);
        default -> throw new IllegalArgumentException(kind);
      };
    }

    int count() {
      return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    int index(int row, int column, int columns) {
      return row / blockRows * Math.ceilDiv(columns, blockColumns) + column / blockColumns;
    }
  }

  @ParameterizedTest
  @CsvSource({"F8_E4M3,tensor,_scale,0.37", "F8_E4M3,one,_scale_inv,0.37", "F8_E4M3,row,_scale,0.37",
    "F8_E4M3,block,_scale_inv,0.37", "F8_E5M2,block,_scale_inv,0.37", "F8_E4M3,block,_scale_inv,1",
    "F8_E5M2,tensor,_scale,1"})
  void scaledWeightsAreWhatTheyStandFor(String dtype, String kind, String name, float unit) throws IOException {
    Map<String, Stored> narrow = new LinkedHashMap<>();
    Map<String, Stored> wide = new LinkedHashMap<>();
    quantize(dtype, kind, name, unit, narrow, wide);
    String quantization = kind.equals("row") ? COMPRESSED : FP8;
    try (Model found = load(write("narrow", narrow, quantization)); Model wanted = load(write("wide", wide, "null"))) {
      int[] prompt = Golden.of("llama").prompt("p13");
      assertArrayEquals(wanted.nextTokenDistribution(prompt).logits(), found.nextTokenDistribution(prompt).logits());
      long numbers = narrow.values().stream().filter(t -> t.dtype().equals(dtype)).mapToLong(t -> t.data().length)
          .sum();
      assertTrue(numbers > 0);
      assertEquals(numbers * (unit == 1 ? Short.BYTES : Float.BYTES), found.report().copiedBytes());
      assertEquals(wanted.report().mappedBytes() - numbers * Float.BYTES,
          found.report().mappedBytes() - scales(narrow));
      assertTrue(found.report().unusedTensors().isEmpty());
    }
  }

  private static long scales(Map<String, Stored> tensors) {
    return tensors.entrySet().stream().filter(e -> e.getKey().contains("_scale"))
        .mapToLong(e -> e.getValue().data.length)
        .sum();
  }

  private static Model load(Path folder) {
    return Model.load(folder, LoadOptions.defaults().withVectorized(false));
  }

  /** The llama golden's shapes with random codes of moderate size for projections; and the same written out. */
  private static void quantize(String dtype, String kind, String name, float unit, Map<String, Stored> narrow,
      Map<String, Stored> wide) {
    GoldenTensors golden = GoldenTensors.read(Golden.of("llama").folder().resolve("model.safetensors"));
    Random random = new Random(7);
    for (String tensor : golden.names()) {
      int[] shape = golden.shape(tensor);
      long[] sizes = Arrays.stream(shape).asLongStream().toArray();
      if (!tensor.contains("_proj")) {
        Stored same = new Stored("F32", sizes, bytes(golden.floats(tensor)));
        narrow.put(tensor, same);
        wide.put(tensor, same);
        continue;
      }
      Layout layout = Layout.of(kind, shape[0], shape[1]);
      float[] scales = new float[layout.count()];
      for (int i = 0; i < scales.length; i++)
        scales[i] = unit == 1 ? (float) Math.pow(2, -random.nextInt(5)) : unit * (1 + random.nextFloat());
      byte[] codes = new byte[shape[0] * shape[1]];
      float[] numbers = new float[codes.length];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = (byte) (random.nextInt(dtype.equals("F8_E4M3") ? 0x30 : 0x34) + 128 * random.nextInt(2));
        numbers[i] = value(dtype, codes[i] & 255) * scales[layout.index(i / shape[1], i % shape[1], shape[1])];
      }
      narrow.put(tensor, new Stored(dtype, sizes, codes));
      narrow.put(tensor + name, new Stored("F32", layout.shape(), bytes(scales)));
      wide.put(tensor, new Stored("F32", sizes, bytes(numbers)));
    }
  }

  private Path write(String name, Map<String, Stored> tensors, String quantization) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve(name));
    String config = Files.readString(Golden.of("llama").folder().resolve("config.json"));
    Files.writeString(folder.resolve("config.json"),
        config.replaceFirst("\\{", "{\"quantization_config\": " + quantization + ","));
    long[] at = {0};
    String header = tensors.entrySet().stream().map(entry -> {
      Stored tensor = entry.getValue();
      long from = at[0];
      at[0] += tensor.data.length;
      return "\"" + entry.getKey() + "\":{\"dtype\":\"" + tensor.dtype + "\",\"shape\":" + Arrays.toString(tensor.shape)
          + ",\"data_offsets\":[" + from + "," + at[0] + "]}";
    }).collect(Collectors.joining(",", "{", "}"));
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(folder.resolve("model.safetensors"))) {
      out.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
      out.write(text);
      for (Stored tensor : tensors.values()) out.write(tensor.data);
    }
    return folder;
  }

  @Test
  void withoutScalesTheNumbersThemselvesCount() throws IOException {
    Map<String, Stored> narrow = new LinkedHashMap<>();
    Map<String, Stored> wide = new LinkedHashMap<>();
    quantize("F8_E4M3", "tensor", "_scale", 1, narrow, wide);
    narrow.keySet().removeIf(name -> name.endsWith("_scale"));
    Path folder = write("narrow", narrow, "null");
    load(folder).close();
    Path declared = write("declared", narrow, FP8);
    SextantException e = assertThrows(SextantException.class, () -> load(declared));
    assertTrue(e.getMessage().contains("q_proj.weight_scale"), e.getMessage());
  }

  @Test
  void scalesOfAnotherShapeAreRefused() throws IOException {
    Map<String, Stored> narrow = new LinkedHashMap<>();
    quantize("F8_E4M3", "block", "_scale_inv", 1, narrow, new LinkedHashMap<>());
    Path folder = write("narrow", narrow, FP8.replace("[16, 24]", "[16, 6]"));
    SextantException e = assertThrows(SextantException.class, () -> load(folder));
    assertTrue(e.getMessage().contains("weight_scale_inv has shape"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
    "{'quant_method': 'gptq', 'bits': 4} | quant_method",
    "{'quant_method': 'awq'} | quant_method",
    "{'quant_method': 'fp8', 'fmt': 'e3m4'} | fmt",
    "{'quant_method': 'fp8', 'weight_block_size': [128]} | weight_block_size",
    "{'quant_method': 'fp8', 'rotate': true} | rotate",
    "{'quant_method': 'compressed-tensors', 'format': 'pack-quantized'} | format",
    "{'quant_method': 'compressed-tensors', 'format': 'float-quantized', 'kv_cache_scheme': {'num_bits': 8}} | kv_cache",
    "{'quant_method': 'compressed-tensors', 'format': 'float-quantized', 'config_groups': {'g': {'weights': "
        + "{'num_bits': 4}}}} | num_bits",
    "'int8' | quantization_config"})
  void otherFormsAreRefusedByName(String quantization, String mention) throws IOException {
    Path folder = write("folder", Map.of(), quantization.replace('\'', '"'));
    SextantException e = assertThrows(SextantException.class, () -> load(folder));
    assertTrue(e.getMessage().contains(mention), e.getMessage());
  }
}
