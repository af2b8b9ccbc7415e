package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.jspecify.annotations.Nullable;

/**
 * A corpus of malformed tokenizer files with a verdict for each, in the folder that system property {@code
 * sextant.faults} or environment variable {@code SEXTANT_FAULTS} names; otherwise skipped. Every refusal must be
 * ours, fast, and must name what is wrong.
 */
class FaultsTest {
  private static final int SLOW_MACHINE = 6;

  @TestFactory
  Stream<DynamicTest> verdicts() {
    String folder = System.getProperty("sextant.faults", System.getenv("SEXTANT_FAULTS"));
    if (folder == null) {
      return Stream.of(DynamicTest.dynamicTest("corpus",
          () -> Assumptions.abort("no corpus given: set sextant.faults to a folder of malformed files")));
    }
    List<Json> items = Resources.json(Path.of(folder, "manifest.json")).require("items").list().stream()
        .filter(item -> item.require("kind").text().equals("tokenizer")).toList();
    assertTrue(items.size() > 80);
    return items.stream().map(item -> DynamicTest.dynamicTest(item.require("id").text(), () -> check(folder, item)));
  }

  private static void check(String folder, Json item) {
    Duration limit = Duration.ofSeconds(SLOW_MACHINE * (long) item.require("limits").require("seconds").number());
    String message = assertTimeoutPreemptively(limit, () -> use(Path.of(folder, item.require("path").text()), item));
    String verdict = item.require("verdict").text();
    assertNotEquals(verdict.equals("reject") ? "accepted" : verdict.equals("accept") ? "refused" : "",
        message == null ? "accepted" : "refused", () -> item.require("why").text() + ": " + message);
    if (message != null) {
      assertTrue(message.contains("tokenizer.json"), message);
      for (Json mention : item.require("mentions").list()) {
        assertTrue(message.toLowerCase(Locale.ROOT).contains(mention.text().toLowerCase(Locale.ROOT)), message);
      }
    }
  }

  /** Loads and uses a file; returns the refusal, or null if all went well. */
  private static @Nullable String use(Path file, Json item) {
    try {
      Tokenizer tokenizer = Tokenizer.load(file);
      Json probe = item.get("probe");
      String text = probe.isNull() ? "the cat" : probe.require("text").text();
      int[] ids = tokenizer.encode(text).ids();
      assertArrayEquals(ids, tokenizer.encode(text).ids());
      assertEquals(ids.length, tokenizer.count(text));
      if (!probe.isNull() && probe.has("ids")) {
        assertArrayEquals(Resources.ints(probe.get("ids")), ids);
      }
      tokenizer.decode(ids);
      return null;
    } catch (TokenizerException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
