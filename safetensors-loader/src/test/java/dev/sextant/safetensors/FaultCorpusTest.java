package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * A generated corpus of bad and odd files with a verdict for each, where there is one: its folder in the system
 * property {@code sextant.faults} or the environment variable {@code SEXTANT_FAULTS}.
 */
class FaultCorpusTest {
  /** Decided by config.json, which this module does not read. */
  private static final Set<String> ELSEWHERE = Set.of("folder/bad-no-config");

  private static final class Item {
    String id = "";
    String kind = "";
    String path = "";
    String verdict = "";
    Duration limit = Duration.ZERO;
    @Nullable
    String tensor;
    final List<String> mentions = new ArrayList<>();
    final List<Double> values = new ArrayList<>();
  }

  private static Optional<Path> corpus() {
    return Optional.ofNullable(System.getProperty("sextant.faults", System.getenv("SEXTANT_FAULTS"))).map(Path::of);
  }

  @Test
  void theCorpusIsThere() {
    assumeTrue(corpus().isPresent(), "no generated corpus: set sextant.faults to its folder to run it");
    assertTrue(Files.isRegularFile(corpus().orElseThrow().resolve("manifest.json")), "a corpus has a manifest.json");
  }

  @TestFactory
  Stream<DynamicTest> verdicts() throws IOException {
    if (corpus().isEmpty()) {
      return Stream.empty();
    }
    Path folder = corpus().orElseThrow();
    return items(folder.resolve("manifest.json")).stream()
        .filter(item -> item.kind.equals("safetensors") || item.kind.equals("folder"))
        .filter(item -> !ELSEWHERE.contains(item.id))
        .map(item -> DynamicTest.dynamicTest(item.id,
            () -> assertTimeoutPreemptively(item.limit, () -> check(item, place(folder.resolve(item.path), item.id)))));
  }

  /** Two items hide the model deeper in their folder. */
  private static Path place(Path path, String id) throws IOException {
    if (id.equals("folder/ok-cache-layout")) {
      return path.resolve("snapshots/0123abcd");
    }
    if (id.equals("folder/ok-path-unicode-spaces")) {
      try (Stream<Path> inside = Files.list(path)) {
        return inside.findFirst().orElseThrow();
      }
    }
    return path;
  }

  private static void check(Item item, Path path) throws IOException {
    try (Safetensors file = Safetensors.open(path)) {
      assertFalse(item.verdict.equals("reject"), "opened, must be refused");
      if (item.tensor != null) {
        assertEquals(item.values, values(file, item.tensor));
      }
    } catch (SafetensorsException e) {
      assertFalse(item.verdict.equals("accept"), () -> "refused, must open: " + e.getMessage());
      String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      for (String mention : item.verdict.equals("reject") ? item.mentions : List.<String>of()) {
        assertTrue(message.contains(mention.toLowerCase(Locale.ROOT)),
            () -> "<" + mention + "> is missing: " + message);
      }
    }
  }

  private static List<Double> values(Safetensors file, String tensor) {
    MemorySegment data = file.data(tensor);
    DType dtype = file.info(tensor).dtype();
    List<Double> values = new ArrayList<>();
    for (long i = 0; i < file.info(tensor).elements(); i++) {
      values.add(dtype == DType.BF16
          ? (double) Float.intBitsToFloat(data.get(little(ValueLayout.JAVA_SHORT_UNALIGNED), 2 * i) << 16)
          : (double) data.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 4 * i));
    }
    return values;
  }

  private static ValueLayout.OfShort little(ValueLayout.OfShort layout) {
    return layout.withOrder(ByteOrder.LITTLE_ENDIAN);
  }

  private static List<Item> items(Path manifest) throws IOException {
    List<Item> items = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(manifest.toFile())) {
      while (json.nextToken() != null) {
        if (json.currentToken() == JsonToken.START_ARRAY && "items".equals(json.currentName())) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            items.add(item(json));
          }
        }
      }
    }
    return items;
  }

  private static Item item(JsonParser json) throws IOException {
    Item item = new Item();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "id" -> item.id = json.getText();
        case "kind" -> item.kind = json.getText();
        case "path" -> item.path = json.getText();
        case "verdict" -> item.verdict = json.getText();
        case "mentions" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            item.mentions.add(json.getText());
          }
        }
        case "limits" -> limits(json, item);
        case "probe" -> probe(json, item);
        default -> json.skipChildren();
      }
    }
    return item;
  }

  private static void limits(JsonParser json, Item item) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      boolean seconds = json.currentName().equals("seconds");
      json.nextToken();
      item.limit = seconds ? Duration.ofSeconds(json.getLongValue()) : item.limit;
    }
  }

  private static void probe(JsonParser json, Item item) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      if (field.equals("tensor")) {
        item.tensor = json.getText();
      } else if (field.equals("values")) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          item.values.add(json.getDoubleValue());
        }
      } else {
        json.skipChildren();
      }
    }
  }
}
