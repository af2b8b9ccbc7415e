package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Family;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Sextant;
import dev.sextant.architecture.Families;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the families, against what there is. */
class FamiliesTest {
  @Test
  void theFamiliesSpokenOfAreThoseThatAreDescribed() {
    assertEquals(Families.names(), Sextant.supportedFamilies().stream().map(Family::name).toList());
  }

  @Test
  void everyGoldenModelIsNamedByItsFamily() {
    List<String> named = new ArrayList<>();
    for (Family family : Sextant.supportedFamilies()) {
      for (String golden : goldens(family)) {
        named.add(golden);
        try (Model model = Golden.of(golden).load(LoadOptions.defaults())) {
          assertEquals(family.name(), model.config().family());
        }
      }
    }
    assertEquals(GoldenTest.NAMES, named.stream().sorted().toList());
  }

  /** The names of golden models are the words in front of a semicolon, between commas. */
  private static List<String> goldens(Family family) {
    if (family.name().equals("gemma3")) return List.of(); // has none of its own
    return Arrays.asList(family.tested().split(";")[0].split(", "));
  }

  @Test
  void gemma3IsTestedUnderItsOtherName(@TempDir Path temporary) throws IOException {
    Path golden = Golden.of("gemma3").folder();
    Files.copy(golden.resolve("model.safetensors"), temporary.resolve("model.safetensors"));
    String config = Files.readString(golden.resolve("config.json"));
    assertTrue(config.contains("\"gemma3_text\""));
    Files.writeString(temporary.resolve("config.json"), config.replace("\"gemma3_text\"", "\"gemma3\""));
    try (Model model = Model.load(temporary)) {
      assertEquals("gemma3", model.config().family());
      Golden.of("gemma3").assertClose("p29.logits_last",
          Golden.doubles(model.nextTokenDistribution(Golden.of("gemma3").prompt("p29")).logits()), "logits_abs");
    }
  }

  @Test
  void theDocumentationHasARowForEachFamily() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../docs/families.md"));
    List<String> rows = lines.stream().filter(line -> line.startsWith("| `") && line.split("\\|").length == 5).toList();
    assertEquals(Sextant.supportedFamilies().stream().map(FamiliesTest::row).toList(), rows);
  }

  private static String row(Family family) {
    return "| `" + family.name() + "` | " + family.models() + " | " + family.features() + " | " + family.tested()
        + " |";
  }
}
