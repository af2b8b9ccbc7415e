package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model in two shards, "a" and "b" in the first and "c" in the second; and what an index may not say. */
class ShardsTest {
  private static final String ONE = "m-1.safetensors";
  private static final String TWO = "m-2.safetensors";

  @TempDir
  Path parent;
  private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = Files.createDirectory(parent.resolve("model"));
    shard(folder.resolve(ONE), "first", "a", "b");
    shard(folder.resolve(TWO), "second", "c");
    index("\"a\":\"" + ONE + "\",\"c\":\"" + TWO + "\",\"b\":\"" + ONE + "\"");
  }

  /** Each tensor holds one float, the letter's number. */
  private static void shard(Path file, String note, String... tensors) {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\",\"note\":\"" + note + "\"}");
    float[] values = new float[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      values[i] = tensors[i].charAt(0);
      header.append(
          ",\"%s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}".formatted(tensors[i], 4 * i, 4 * i + 4));
    }
    Bytes.write(file, Bytes.file(header + "}", Bytes.floats(values)));
  }

  private void index(String weightMap) {
    indexText("{\"metadata\":{\"total_size\":12},\"weight_map\":{" + weightMap + "}}");
  }

  private void indexText(String json) {
    Bytes.write(folder.resolve(Location.INDEX), Bytes.utf8(json));
  }

  private SafetensorsException refuses(String... mentions) {
    SafetensorsException error = assertThrows(SafetensorsException.class, () -> Safetensors.open(folder).close());
    SafetensorsException again = assertThrows(SafetensorsException.class, () -> Safetensors.inspect(folder));
    String message = String.valueOf(error.getMessage());
    assertEquals(message, again.getMessage());
    for (String mention : mentions) {
      assertTrue(message.contains(mention), () -> "<" + mention + "> is missing: " + message);
    }
    return error;
  }

  @Test
  void shardsActAsOne() throws IOException {
    shard(folder.resolve("stray.safetensors"), "", "stranger");
    for (Path path : List.of(folder, folder.resolve(Location.INDEX))) {
      try (Safetensors model = Safetensors.open(path)) {
        assertEquals(List.of("a", "b", "c"), model.names());
        for (String name : model.names()) {
          assertArrayEquals(Bytes.floats(name.charAt(0)), model.data(name).toArray(ValueLayout.JAVA_BYTE));
        }
        assertEquals(folder.resolve(TWO), model.info("c").file());
        assertEquals(Map.of("format", "pt", "note", "first"), model.metadata());
        assertEquals("second", model.catalog().metadata(folder.resolve(TWO)).get("note"));
        assertEquals(List.of(folder.resolve(ONE), folder.resolve(TWO)), model.catalog().files());
      }
    }
  }

  @Test
  void aSingleFileGoesBeforeTheIndex() throws IOException {
    shard(folder.resolve(Location.SINGLE), "", "x");
    assertEquals(List.of("x"), Safetensors.inspect(folder).names());
  }

  @Test
  void shardsMayLieBelow() throws IOException {
    Files.createDirectory(folder.resolve("shards"));
    Files.move(folder.resolve(ONE), folder.resolve("shards").resolve(ONE));
    index("\"a\":\"shards/" + ONE + "\",\"c\":\"" + TWO + "\",\"b\":\"shards/" + ONE + "\"");
    assertEquals(List.of("c", "a", "b"), Safetensors.inspect(folder).names());
  }

  @Test
  void oneShrunkShardIsNoticed() throws IOException {
    try (Safetensors model = Safetensors.open(folder)) {
      model.requireUnchanged();
      Files.write(folder.resolve(TWO), new byte[9]);
      SafetensorsException error = assertThrows(SafetensorsException.class, model::requireUnchanged);
      assertEquals(folder.resolve(TWO).toString(), error.file());
    }
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    Files.delete(folder.resolve(TWO));
    refuses(TWO, "does not exist");
    Files.createDirectory(folder.resolve(TWO));
    refuses(TWO, "is a folder");
  }

  @Test
  void aDamagedShardIsNamed() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(TWO));
    Bytes.write(folder.resolve(TWO), java.util.Arrays.copyOf(bytes, bytes.length - 1));
    refuses(TWO, "\"c\"", "truncated");
  }

  @Test
  void tensorsMustLieWhereTheIndexSays() {
    index("\"a\":\"" + ONE + "\",\"c\":\"" + ONE + "\",\"b\":\"" + TWO + "\"");
    assertEquals("b", refuses("promised in \"" + TWO, "lies in \"" + ONE).tensor());
    index("\"a\":\"" + ONE + "\",\"c\":\"" + TWO + "\"");
    assertEquals("b", refuses("not listed", ONE).tensor());
    index("\"a\":\"" + ONE + "\",\"c\":\"" + TWO + "\",\"b\":\"" + ONE + "\",\"d\":\"" + TWO + "\"");
    assertEquals("d", refuses("promised in \"" + TWO, "1 of 4").tensor());
  }

  @Test
  void aTensorInTwoShardsIsRefused() {
    shard(folder.resolve(TWO), "second", "c", "a");
    assertEquals("a", refuses("promised in \"" + ONE, "lies in \"" + TWO).tensor());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "/etc/passwd", "../outside.safetensors", "../model/m-1.safetensors", "shards/../../outside.safetensors",
    "..\\\\outside.safetensors", "", ".", "..", "./m-1.safetensors", "a//b", "a/", "/", "\\\\", "a\\u0000b",
    "http://127.0.0.1/x.safetensors", "C:/../x",
  })
  void shardNamesMustStayInTheFolder(String name) {
    shard(parent.resolve("outside.safetensors"), "", "a", "b");
    index("\"a\":\"" + name + "\",\"c\":\"" + TWO + "\",\"b\":\"" + ONE + "\"");
    assertEquals("a", refuses("shard name \"").tensor());
  }

  @ParameterizedTest
  @CsvSource({"M-1.safetensors, m-1.safetensors", "É.safetensors, é.safetensors", "e\u0301.st, é.st"})
  void namesThatAreOneOnSomeDisksAreRefused(String one, String other) {
    index("\"a\":\"" + one + "\",\"b\":\"" + other + "\"");
    refuses("shard names \"", "upper and lower case only");
  }

  @Test
  void aLongIndexIsRefusedWhereItsLengthIsLimited() throws IOException {
    long length = Files.size(folder.resolve(Location.INDEX));
    HeaderLimitException error = assertThrows(HeaderLimitException.class,
        () -> Safetensors.open(folder, length - 1).close());
    assertEquals(List.of(length, length - 1), List.of(error.found(), error.allowed()));
    Safetensors.open(folder, 1000).close();
  }

  @Test
  void aNameTheDiskCannotHoldIsRefusedShortly() {
    index("\"a\":\"" + "x".repeat(5000) + "\"");
    assertTrue(String.valueOf(refuses("xxx").getMessage()).length() < 1000);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
    "{} | no weight_map",
    "{\"metadata\":{}} | no weight_map",
    "{\"weight_map\":{}} | no tensors",
    "{\"weight_map\":[\"m-1.safetensors\"]} | weight_map must be an object",
    "{\"weight_map\":null} | weight_map must be an object",
    "{\"weight_map\":{\"a\":7}} | must name a file",
    "{\"weight_map\":{\"a\":null}} | must name a file",
    "{\"weight_map\":{\"a\":\"x\",\"a\":\"y\"}} | \"a\": listed twice",
    "{\"weight_map\":{\"a\":\"x\"},\"weight_map\":{\"a\":\"x\"}} | \"weight_map\" twice",
    "{\"weight_map\":{\"a\":\"\\ud800\"}} | surrogate",
    "[] | must be an object",
    "'' | must be an object",
    "not json | not valid JSON",
    "{\"weight_map\":{\"a\":\"x\"}} {} | goes on after its end",
    "\ufeff{} | not valid JSON",
  })
  void anIndexMustBeAnObjectOfNames(String json, String mention) {
    indexText(json);
    refuses(Location.INDEX, mention);
  }

  @Test
  void aDeepIndexIsRefused() {
    indexText("{\"weight_map\":" + "[".repeat(100_000));
    refuses("weight_map must be an object");
    indexText("{\"other\":" + "[".repeat(100_000));
    refuses("depth");
  }

  @Test
  void unknownFieldsOfTheIndexAreInformation() throws IOException {
    String map = Files.readString(folder.resolve(Location.INDEX));
    indexText(" " + map.substring(0, map.length() - 1) + ",\"x\":[{\"y\":null}]}\n");
    assertEquals(3, Safetensors.inspect(folder).tensors().size());
  }

  @Test
  void aFolderWithoutWeightsIsRefused() throws IOException {
    Files.delete(folder.resolve(Location.INDEX));
    refuses("model.safetensors", "model.safetensors.index.json", "converted");
  }
}
