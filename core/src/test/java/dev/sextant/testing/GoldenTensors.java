package dev.sextant.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The arrays of a golden.safetensors file: F64, F32 or I32, read into memory. It checks nothing; goldens are ours. */
public final class GoldenTensors {
  private final ByteBuffer data;
  private final Json header;

  private GoldenTensors(ByteBuffer data, Json header) {
    this.data = data;
    this.header = header;
  }

  public static GoldenTensors read(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int headerLength = Math.toIntExact(bytes.getLong(0));
      Json header = Json.parse(StandardCharsets.UTF_8.decode(bytes.slice(Long.BYTES, headerLength)).toString());
      int dataAt = Long.BYTES + headerLength;
      return new GoldenTensors(bytes.slice(dataAt, bytes.capacity() - dataAt), header);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  public List<String> names() {
    return header.keys().stream().filter(name -> !name.equals("__metadata__")).toList();
  }

  public int[] shape(String name) {
    return header.get(name).get("shape").integers();
  }

  /** All elements, row-major, whatever the stored type. */
  public double[] doubles(String name) {
    ByteBuffer bytes = bytes(name);
    return switch (header.get(name).get("dtype").text()) {
      case "F64" -> fill(bytes.remaining() / Double.BYTES, i -> bytes.getDouble(i * Double.BYTES));
      case "F32" -> fill(bytes.remaining() / Float.BYTES, i -> bytes.getFloat(i * Float.BYTES));
      case "I32" -> fill(bytes.remaining() / Integer.BYTES, i -> bytes.getInt(i * Integer.BYTES));
      default -> throw new IllegalStateException(name + " is of type " + header.get(name).get("dtype").text());
    };
  }

  public float[] floats(String name) {
    double[] doubles = doubles(name);
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) floats[i] = (float) doubles[i];
    return floats;
  }

  public int[] ints(String name) {
    double[] doubles = doubles(name);
    int[] ints = new int[doubles.length];
    for (int i = 0; i < ints.length; i++) ints[i] = (int) doubles[i];
    return ints;
  }

  private ByteBuffer bytes(String name) {
    int[] offsets = header.get(name).get("data_offsets").integers();
    return data.slice(offsets[0], offsets[1] - offsets[0]).order(ByteOrder.LITTLE_ENDIAN);
  }

  private interface Element {
    double at(int index);
  }

  private static double[] fill(int length, Element element) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) values[i] = element.at(i);
    return values;
  }
}
