package dev.sextant.safetensors;

import static dev.sextant.safetensors.Bytes.BODY;
import static dev.sextant.safetensors.Bytes.ONE;
import static dev.sextant.safetensors.Bytes.entry;
import static dev.sextant.safetensors.Bytes.file;
import static dev.sextant.safetensors.Bytes.utf8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule for the header, each with bytes that break it and the words the error must hold. */
class HeaderRulesTest {
  @TempDir
  Path folder;

  private static Arguments bad(String why, byte[] bytes, String... mentions) {
    return Arguments.argumentSet(why, bytes, mentions);
  }

  static Stream<Arguments> lengths() {
    byte[] header = utf8(ONE);
    return Stream.of(
        bad("no bytes", new byte[0], "0 bytes"),
        bad("seven bytes", new byte[7], "7 bytes"),
        bad("length 0", file(0, header, BODY), "0 bytes"),
        bad("length 0 and no more", new byte[8], "0 bytes"),
        bad("beyond the end", file(1000, header, BODY), "1000", "truncated"),
        bad("one byte beyond the end", file(header.length + 1, header, new byte[0]), "truncated"),
        bad("over the limit", file(100_000_001, header, BODY), "100000001", "100000000"),
        bad("2^31", file(1L << 31, header, BODY), "2147483648"),
        bad("2^32 and the true length", file((1L << 32) + header.length, header, BODY), "4294967"),
        bad("2^63", file(Long.MIN_VALUE, header, BODY), "9223372036854775808"),
        bad("2^63 - 8", file(Long.MAX_VALUE - 7, header, BODY), "9223372036854775800"),
        bad("2^64 - 1", file(-1, header, BODY), "18446744073709551615"),
        bad("2^64 - 8", file(-8, header, BODY), "18446744073709551608"),
        bad("cut in the JSON", file(header.length - 5, header, BODY), "JSON"),
        bad("into the data", file(header.length + 4, header, BODY), "the header"),
        bad("LFS pointer", utf8("version https://git-lfs.github.com/spec/v1\noid sha256:44\n"), "Git LFS"),
        bad("web page", utf8("<!DOCTYPE html><html></html>"), "web page"),
        bad("zip archive", "PK\3\4\24\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1), "zip"),
        bad("GGUF", "GGUF\3\0\0\0\1\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1), "GGUF"),
        bad("NumPy", "\u0093NUMPY\1\0v\0{'descr'".getBytes(StandardCharsets.ISO_8859_1), "NumPy"),
        bad("JSON without length", utf8(ONE), "header length"));
  }

  static Stream<Arguments> texts() {
    String inner = ONE.substring(1);
    return Stream.of(
        bad("not UTF-8", broken("\u00ff\u00fe"), "UTF-8"),
        bad("overlong UTF-8", broken("\u00c0\u00af"), "UTF-8"),
        bad("encoded surrogate", broken("\u00ed\u00a0\u0080"), "UTF-8"),
        bad("cut UTF-8", file("{}\u00e9".getBytes(StandardCharsets.ISO_8859_1), new byte[0]), "UTF-8"),
        bad("UTF-16, little endian", file(ONE.getBytes(StandardCharsets.UTF_16LE), BODY), "JSON"),
        bad("UTF-16, big endian", file(ONE.getBytes(StandardCharsets.UTF_16BE), BODY), "'{'"),
        bad("byte order mark", file("\ufeff" + ONE, BODY), "'{'"),
        bad("leading space", file(" " + ONE, BODY), "'{'"),
        bad("array", file("[1,2]", new byte[0]), "'{'"),
        bad("null", file("null", new byte[0]), "'{'"),
        bad("unclosed", file(ONE.substring(0, ONE.length() - 1), BODY), "JSON"),
        bad("text after the end", file(ONE + " x", BODY), "JSON"),
        bad("second object", file(ONE + "{}", BODY), "goes on after its end"),
        bad("NUL padding", file(ONE + "\0\0", BODY), "JSON"),
        bad("trailing comma", file(ONE.substring(0, ONE.length() - 1) + ",}", BODY), "JSON"),
        bad("comment", file("{/* c */" + inner, BODY), "JSON"),
        bad("single quotes", file(ONE.replace('"', '\''), BODY), "JSON"),
        bad("name without quotes", file(ONE.replace("\"a\"", "a"), BODY), "JSON"),
        bad("raw control character", file(ONE.replace("\"a\"", "\"a\1\""), BODY), "JSON"),
        bad("unknown escape", file(ONE.replace("\"a\"", "\"\\x\""), BODY), "JSON"),
        bad("lone surrogate", file(ONE.replace("\"a\"", "\"a\\ud800\""), BODY), "surrogate", "\\ud800"),
        bad("deep arrays", file("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", BODY), "\"a\""),
        bad("deep unknown field",
            entry("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"), "depth"),
        bad("tensor twice", file("{" + inner.substring(0, inner.length() - 1) + "," + inner, BODY),
            "tensor \"a\": the header gives it twice"),
        bad("tensor twice, once escaped",
            file("{" + inner.substring(0, inner.length() - 1) + "," + inner.replace("\"a\"", "\"\\u0061\""), BODY),
            "twice"));
  }

  private static byte[] broken(String latin1) {
    return file(ONE.replace("\"a\"", "\"" + latin1 + "\"").getBytes(StandardCharsets.ISO_8859_1), BODY);
  }

  static Stream<Arguments> metadata() {
    Stream<Arguments> values = Stream.of("1", "true", "null", "[\"b\"]", "{\"b\":\"c\"}")
        .map(value -> bad("value " + value,
            file("{\"__metadata__\":{\"k\":" + value + "}," + ONE.substring(1), BODY), "__metadata__", "\"k\"",
            "must be text"));
    Stream<Arguments> wholes = Stream.of("\"x\"", "[]", "3", "{\"dtype\":\"F32\",\"shape\":[2,2]}")
        .map(value -> bad(value,
            file("{\"__metadata__\":" + value + "," + ONE.substring(1), BODY), "__metadata__"));
    return Stream.concat(Stream.concat(values, wholes), Stream.of(
        bad("twice", file("{\"__metadata__\":{},\"__metadata__\":{}," + ONE.substring(1), BODY), "__metadata__",
            "twice"),
        bad("null, then an object",
            file("{\"__metadata__\":null,\"__metadata__\":{}," + ONE.substring(1), BODY), "__metadata__", "twice"),
        bad("key twice", file("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", new byte[0]), "\"k\" twice"),
        bad("lone surrogate", file("{\"__metadata__\":{\"k\":\"\\udc00\"}}", new byte[0]), "surrogate"),
        bad("too many", file(manyKeys(HeaderParser.MAX_METADATA + 1), new byte[0]), "more than 100000")));
  }

  private static String manyKeys(int count) {
    StringBuilder keys = new StringBuilder("{\"__metadata__\":{\"0\":\"\"");
    for (int i = 1; i < count; i++) {
      keys.append(",\"").append(i).append("\":\"\"");
    }
    return keys.append("}}").toString();
  }

  @ParameterizedTest
  @MethodSource({"lengths", "texts", "metadata"})
  void whatBreaksARuleIsRefusedWithTheReason(byte[] bytes, String[] mentions) {
    refuses(bytes, mentions);
  }

  private SafetensorsException refuses(byte[] bytes, String... mentions) {
    Path path = Bytes.write(folder.resolve("hostile.safetensors"), bytes);
    SafetensorsException error = assertThrows(SafetensorsException.class, () -> Safetensors.open(path).close());
    SafetensorsException again = assertThrows(SafetensorsException.class, () -> Safetensors.inspect(path));
    String message = String.valueOf(error.getMessage());
    assertEquals(message, again.getMessage());
    assertAll(Stream.concat(Stream.of("hostile.safetensors"), Stream.of(mentions))
        .map(part -> () -> assertTrue(message.contains(part), () -> "<" + part + "> is missing: " + message)));
    assertTrue(message.length() < 1500, () -> "a message of " + message.length() + " characters");
    return error;
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "null", "1", "[\"F32\",[2,2],[0,16]]", "\"F32\"",
  })
  void anEntryMustBeAnObject(String json) {
    assertEquals("blk.7.wq", refuses(entry(json), "blk.7.wq", "must be an object").tensor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dtype", "shape", "data_offsets"})
  void anEntryMustHaveEachFieldOnce(String field) {
    String whole = "{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}";
    refuses(entry(whole.replace("\"" + field + "\"", "\"other\"")), "blk.7.wq", "has no " + field);
    refuses(entry("{\"" + field + "\":" + value(field) + "," + whole.substring(1)), "blk.7.wq", field + "\" twice");
  }

  @Test
  void anUnknownFieldTwiceIsRefused() {
    refuses(entry("{\"x\":1,\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16],\"x\":1}"), "\"x\" twice");
  }

  @Test
  void namesAndTextsHaveTheirLimits() {
    refuses(file("{\"" + "n".repeat(StrictJson.MAX_NAME + 1) + "\":{}}", BODY), "1000001");
    refuses(file("{\"__metadata__\":{\"k\":\"" + "v".repeat(StrictJson.MAX_TEXT + 1) + "\"}}", BODY), "2000000");
  }

  private static String value(String field) {
    return switch (field) {
      case "dtype" -> "\"F32\"";
      case "shape" -> "[4]";
      default -> "[0,16]";
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"F31\"", "\"f32\"", "\"\"", "null", "32", "[\"F32\"]", "\"float32\"", "\"F32 \"", "{}"})
  void aTypeMustBeOneOfTheFormats(String type) {
    refuses(entry("{\"dtype\":" + type + ",\"shape\":[2,2],\"data_offsets\":[0,16]}"), "blk.7.wq", "dtype");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "[-2,2]", "[-2,-2]", "[2.5,2]", "[2.0,2]", "[2e0,2]", "[\"2\",2]", "[null,2]", "[true,4]", "[[2,2]]", "4", "null",
    "{\"0\":2}", "[-0,2]", "[1e999999999]", "[18446744073709551616]", "[18446744073709551620]", "[9223372036854775808]",
    "[9223372036854775810,2]",
  })
  void aShapeMustBeAnArrayOfWholeNumbers(String shape) {
    refuses(shaped(shape), "blk.7.wq", "shape must be an array".substring(0, shape.startsWith("[") ? 5 : 22));
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "[4294967296,4294967296]", "[4611686018427387908]", "[1073741828]", "[4294967300]", "[]", "[0]", "[3]", "[2,2,2]",
    "[4611686018427387904,4611686018427387904,0]",
  })
  void aShapeMustFitTheBytes(String shape) {
    refuses(shaped(shape), "blk.7.wq", "shape " + shape.replace(",", ", ") + " of F32");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[02,2]", "[0x2,2]", "[NaN]", "[Infinity]", "[+2,2]", "[,2]", "[2,]", "[2 2]", "[.5]", ""})
  void aShapeMustBeJson(String shape) {
    refuses(shaped(shape), "blk.7.wq", "not valid JSON at character");
  }

  private static byte[] shaped(String shape) {
    return entry("{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[0,16]}");
  }

  @Test
  void longNumbersAndShapesAreRefused() {
    for (int digits : new int[] {19, 20, 999, 10_000, 1_000_000}) {
      refuses(shaped("[" + "9".repeat(digits) + "]"), "blk.7.wq");
    }
    String ones = "1,".repeat(TensorEntry.MAX_RANK);
    refuses(shaped("[" + ones + "4]"), "256 dimensions");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "[16,0]", "[16]", "[0,16,16]", "[]", "[-16,0]", "[0,16.0]", "[0,\"16\"]", "null", "16", "{\"begin\":0,\"end\":16}",
    "[false,16]", "[-0,16]", "[18446744073709551600,18446744073709551616]", "[18446744073709551608,8]",
    "[9223372036854775792,9223372036854775808]",
  })
  void offsetsMustBeAPairOfWholeNumbers(String offsets) {
    refuses(entry("{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":" + offsets + "}"), "blk.7.wq", "data_offsets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[16,32]", "[4294967296,4294967312]", "[9223372036854775791,9223372036854775807]"})
  void offsetsMustLieInTheData(String offsets) {
    refuses(entry("{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":" + offsets + "}"), "blk.7.wq", "truncated");
  }

  @Test
  void theSizeMustBeThatOfShapeAndType() throws IOException {
    refuses(entry("{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,12]}"), "blk.7.wq", "16", "12");
    refuses(entry("{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[0,16]}"), "blk.7.wq", "20", "16");
    refuses(entry("{\"dtype\":\"F4\",\"shape\":[31],\"data_offsets\":[0,16]}"), "blk.7.wq", "31", "whole bytes");
    refuses(entry("{\"dtype\":\"F6_E2M3\",\"shape\":[2],\"data_offsets\":[0,1]}"), "blk.7.wq", "whole bytes");
    Path exact = Bytes.write(folder.resolve("f4"), entry("{\"dtype\":\"F4\",\"shape\":[32],\"data_offsets\":[0,16]}"));
    assertEquals(16, Safetensors.inspect(exact).info("blk.7.wq").byteSize());
  }
}
