package dev.sextant.safetensors;

import static dev.sextant.safetensors.Bytes.BODY;
import static dev.sextant.safetensors.Bytes.ONE;
import static dev.sextant.safetensors.Bytes.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Odd files that keep the rules: they open, and hold what they should. */
class LegalFilesTest {
  private static final String ENTRY = "{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}";

  @TempDir
  Path folder;

  /** Header, and the name of the tensor of floats 1 to 4. */
  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of(ONE, "a"),
        Arguments.of(ONE + " ".repeat(117), "a"),
        Arguments.of(ONE + "\n\t\r ", "a"),
        Arguments.of(" {\n \"a\" :\t{ \"dtype\" : \"F32\", \"shape\" : [ 2 , 2 ] , \"data_offsets\" : [ 0 , 16 ] } }"
            .substring(1), "a"),
        Arguments.of("{\"a\":{\"data_offsets\":[0,16],\"shape\":[2,2],\"dtype\":\"F32\"}}", "a"),
        Arguments.of("{\"\":" + ENTRY + "}", ""),
        Arguments.of("{\"层.0.权重 🜂\":" + ENTRY + "}", "层.0.权重 🜂"),
        Arguments.of("{\"\\u0061\\/b\\ud83d\\ude00\":" + ENTRY + "}", "a/b😀"),
        Arguments.of("{\"../../etc/passwd\":" + ENTRY + "}", "../../etc/passwd"),
        Arguments.of("{\"a\\u0000\\u001b\":" + ENTRY + "}", "a\0\u001b"),
        Arguments.of("{\"__metadata__ \":" + ENTRY + "}", "__metadata__ "),
        Arguments.of("{\"" + "n".repeat(200_000) + "\":" + ENTRY + "}", "n".repeat(200_000)),
        Arguments.of("{\"__metadata__\":null,\"a\":" + ENTRY + "}", "a"),
        Arguments.of("{\"a\":" + ENTRY + ",\"__metadata__\":{}}", "a"),
        Arguments.of("{\"a\":" + ENTRY.replace("}", ",\"note\":{\"deep\":[1.5e3,null,{\"dtype\":\"I8\"}]}}") + "}",
            "a"),
        Arguments.of("{\"r\":" + ENTRY.replace("[2,2]", "[4" + ",1".repeat(TensorEntry.MAX_RANK - 1) + "]") + "}", "r"),
        Arguments.of("{\"z\":{\"dtype\":\"F64\",\"shape\":[0,4611686018427387904],\"data_offsets\":[16,16]},\"a\":"
            + ENTRY + "}", "a"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void oddHeadersOpen(String header, String tensor) throws IOException {
    try (Safetensors file = Safetensors.open(Bytes.write(folder.resolve("f"), file(header, BODY)))) {
      assertArrayEquals(BODY, file.data(tensor).toArray(ValueLayout.JAVA_BYTE));
      assertTrue(file.contains(tensor));
    }
  }

  @Test
  void namesComeInTheOrderOfTheData() throws IOException {
    String header = """
      {"b":{"dtype":"F32","shape":[3],"data_offsets":[4,16]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""";
    try (Safetensors file = Safetensors.open(Bytes.write(folder.resolve("f"), file(header, BODY)))) {
      assertEquals(List.of("a", "b"), file.names());
      assertArrayEquals(Bytes.floats(2, 3, 4), file.data("b").toArray(ValueLayout.JAVA_BYTE));
      assertArrayEquals(Bytes.floats(1), file.data("a").toArray(ValueLayout.JAVA_BYTE));
      assertEquals(0, file.info("a").rank());
      assertEquals(8 + header.length() + 4, file.info("b").offset());
    }
  }

  @Test
  void unalignedDataAreRight() throws IOException {
    String header = """
      {"u":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"a":{"dtype":"F32","shape":[2,2],"data_offsets":[3,19]}}""";
    byte[] body = new byte[19];
    System.arraycopy(BODY, 0, body, 3, 16);
    try (Safetensors file = Safetensors.open(Bytes.write(folder.resolve("f"), file(header, body)))) {
      MemorySegment data = file.data("a");
      var layout = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 4; i++) {
        assertEquals(i + 1f, data.get(layout, 4L * i));
      }
    }
  }

  @Test
  void metadataKeepTheirOrderAndText() throws IOException {
    String header = "{\"__metadata__\":{\"z\":\"1\",\"naïve\":\"雪\\u0000\\n\",\"a\":\"\"}}";
    try (Safetensors file = Safetensors.open(Bytes.write(folder.resolve("f"), file(header, new byte[0])))) {
      assertEquals(List.of("z", "naïve", "a"), List.copyOf(file.metadata().keySet()));
      assertEquals(Map.of("z", "1", "naïve", "雪\0\n", "a", ""), file.metadata());
      assertEquals(List.of(), file.names());
    }
  }

  @Test
  void namesThatCollideStayFast() throws IOException {
    List<String> names = Stream.of("").toList();
    for (int i = 0; i < 13; i++) {
      names = names.stream().flatMap(name -> Stream.of(name + "Aa", name + "BB")).toList();
    }
    StringBuilder header = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      header.append(i == 0 ? "{" : ",").append("\"%s\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[%d,%d]}"
          .formatted(names.get(i), i, i + 1));
    }
    Path path = Bytes.write(folder.resolve("f"), file(header + "}", new byte[names.size()]));
    assertEquals(names, Safetensors.inspect(path).names());
  }
}
