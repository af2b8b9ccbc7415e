package dev.sextant.cases;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Model;
import dev.sextant.SextantException;
import dev.sextant.testing.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.jspecify.annotations.Nullable;

/**
 * The generated corpus of malformed model folders, where the environment names it ({@code SEXTANT_FAULTS}): each gets its
 * verdict, by an exception of ours that mentions what it should.
 */
@EnabledIf(value = "theCorpusIsThere", disabledReason = "set SEXTANT_FAULTS to the generated corpus of malformed files")
class FaultsTest {
  private static final @Nullable String CORPUS = System.getProperty("sextant.faults", System.getenv("SEXTANT_FAULTS"));

  static boolean theCorpusIsThere() {
    return CORPUS != null;
  }

  @TestFactory
  @Timeout(300)
  Stream<DynamicTest> folders() {
    Path corpus = Path.of(String.valueOf(CORPUS));
    return Json.read(corpus.resolve("manifest.json")).get("items").list().stream()
        .filter(item -> List.of("config", "folder").contains(item.get("kind").text()))
        .map(item -> DynamicTest.dynamicTest(item.get("id").text(), () -> check(corpus, item)));
  }

  private static void check(Path corpus, Json item) {
    Path folder = corpus.resolve(item.get("path").text());
    boolean hasConfig = Files.exists(folder.resolve("config.json"));
    assumeTrue(hasConfig || item.get("kind").text().equals("config"), "weights without config.json: the loader's");
    String verdict = item.get("verdict").text();
    try (Model model = Model.load(folder)) {
      model.nextTokenDistribution(1, 2);
      assertTrue(!verdict.equals("reject"), "was accepted, but " + item.get("why").text());
    } catch (SextantException | InvalidArgumentException e) {
      assertTrue(!verdict.equals("accept"), "was refused: " + e.getMessage());
      if (verdict.equals("reject")) assertMentions(item, e.getMessage());
    }
  }

  private static void assertMentions(Json item, String message) {
    for (String mention : item.get("mentions").texts()) {
      assertTrue(message.toLowerCase(Locale.ROOT).contains(mention.toLowerCase(Locale.ROOT)),
          mention + " is not mentioned in: " + message);
    }
  }
}
