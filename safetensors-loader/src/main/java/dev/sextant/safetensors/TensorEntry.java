package dev.sextant.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One tensor's entry in a header: {@code {"dtype": …, "shape": […], "data_offsets": [begin, end]}} in any order. Other
 * fields have no meaning and are passed over, as the reference does.
 */
final class TensorEntry {
  /** More dimensions than any framework allows (64); without a limit a short text would make a huge array. */
  static final int MAX_RANK = 256;

  private static final int USUAL_RANK = 4;

  private final StrictJson json;
  private final Set<String> others = new HashSet<>();
  private @Nullable DType dtype;
  private long @Nullable [] shape;
  private long begin = -1;
  private long end;

  TensorEntry(StrictJson json) {
    this.json = json;
  }

  /** Reads the entry and checks size and place. The offsets of an entry count from {@code dataStart}. */
  TensorInfo read(String name, Path file, long dataStart, long fileSize) throws IOException {
    json.requireObject("its entry");
    readFields();
    long size = size(require(dtype, "dtype"), require(shape, "shape"));
    require(begin < 0 ? null : begin, "data_offsets");
    if (end - begin != size) {
      throw json.fail("shape " + Arrays.toString(shape) + " of " + dtype + " takes " + size + " bytes, data_offsets ["
          + begin + ", " + end + "] span " + (end - begin));
    }
    if (end > fileSize - dataStart) {
      throw json.fail("claims bytes " + begin + ".." + end + " of a " + (fileSize - dataStart)
          + "-byte data section; the file is truncated");
    }
    return new TensorInfo(name, dtype, shape, dataStart + begin, file);
  }

  private void readFields() throws IOException {
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      switch (field) {
        case "dtype" -> {
          requireFirst(dtype == null, field);
          readType();
        }
        case "shape" -> {
          requireFirst(shape == null, field);
          readShape();
        }
        case "data_offsets" -> {
          requireFirst(begin < 0, field);
          readOffsets();
        }
        default -> {
          requireFirst(others.add(field), field);
          json.skip();
        }
      }
    }
  }

  private void requireFirst(boolean first, String field) {
    if (!first) {
      throw json.fail("gives " + Text.quote(field) + " twice");
    }
  }

  private <T> T require(@Nullable T value, String field) {
    if (value == null) {
      throw json.fail("has no " + field);
    }
    return value;
  }

  private void readType() throws IOException {
    String name = json.text("dtype");
    dtype = DType.named(name).orElseThrow(() -> json.fail(
        "dtype " + Text.quote(name) + " is unknown; the format has " + Arrays.toString(DType.values())));
  }

  private void readShape() throws IOException {
    json.requireArray("shape");
    long[] dimensions = new long[USUAL_RANK];
    int rank = 0;
    while (json.nextElement()) {
      if (rank == MAX_RANK) {
        throw json.fail("shape has more than " + MAX_RANK + " dimensions");
      }
      if (rank == dimensions.length) {
        dimensions = Arrays.copyOf(dimensions, 2 * rank);
      }
      dimensions[rank++] = json.wholeNumber("shape");
    }
    shape = Arrays.copyOf(dimensions, rank);
  }

  private void readOffsets() throws IOException {
    json.requireArray("data_offsets");
    begin = offset();
    end = offset();
    if (json.nextElement() || begin > end) {
      throw json.fail("data_offsets must be a pair [begin, end] with begin <= end, found [" + begin + ", " + end
          + (begin > end ? "]" : ", …]"));
    }
  }

  private long offset() throws IOException {
    if (!json.nextElement()) {
      throw json.fail("data_offsets must be a pair [begin, end], found fewer than two numbers");
    }
    return json.wholeNumber("data_offsets");
  }

  private long size(DType type, long[] dimensions) {
    try {
      return type.byteSize(dimensions);
    } catch (ArithmeticException e) {
      throw json.fail("shape " + Arrays.toString(dimensions) + " of " + type + ": " + e.getMessage());
    }
  }
}
