package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.testing.Folders;
import dev.sextant.trace.Station;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another precision costs on texts that pass in pieces, in stretches, or again. */
class DamageTest {
  private static final Path MODELS = Path.of("src/test/resources/golden/models");
  private static final int[] IDS = new Random(5).ints(60, 0, 90).toArray();

  /** The surprisal of what comes behind the tokens from one up to another, where the text passes that far, at once. */
  private static double surprisal(Model model, int[] text, int from, int to) {
    List<Distribution> said = new ArrayList<>();
    try (Session session = model.session().observe(Set.of(Station.LOGITS), (_, _, rows) -> IntStream
        .range(0, rows.rows()).forEach(row -> said.add(Distribution.of(rows.copyRow(row)))))) {
      session.append(Arrays.copyOf(text, Math.min(to, text.length)));
    }
    return IntStream.range(from, Math.min(to, text.length - 1)).mapToDouble(i -> said.get(i).surprisal(text[i + 1]))
        .sum();
  }

  @Test
  void aTextThatPassesAgainIsReadAtTheRightPlaces(@TempDir Path temporary) throws IOException {
    Path folder = Folders.copy(MODELS.resolve("phi3-longrope"), temporary.resolve("model"));
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"original_max_position_embeddings\": 16",
        "\"original_max_position_embeddings\": 40"));
    try (Model model = Model.load(folder); Model other = Model.load(folder)) {
      Damage damage = Damage.between(model, other, IDS, _ -> {});
      // pieces of 32 tokens: the second is beyond 40, and those of the first pass again with it
      double sum = surprisal(model, IDS, 0, 32) + surprisal(model, IDS, 32, 60);
      assertEquals(Math.exp(sum / 59), damage.storedPerplexity(), 1e-4);
      assertEquals(damage.storedPerplexity(), damage.perplexity());
      assertEquals(0, damage.divergence(), 1e-12);
      assertEquals(1, damage.agreement());
    }
  }

  @Test
  void limitsMakeShorterStretches() {
    Path folder = MODELS.resolve("llama");
    int[] ids = new Random(6).ints(300, 0, 90).toArray();
    LoadOptions options = LoadOptions.defaults().withContextLength(1000);
    try (Model model = Model.load(folder, options)) {
      Limits defaults = Limits.defaults();
      for (Limits limits : List.of(defaults.withPromptTokens(20), defaults.withCacheBytes(model.cacheBytes(1)))) {
        try (Model other = Model.load(folder, options.withLimits(limits))) {
          int stretch = other.window();
          assertTrue(stretch < ids.length, "the limit matters");
          double expected = 0;
          for (int from = 0; from < ids.length; from += stretch) {
            int[] text = Arrays.copyOfRange(ids, from, Math.min(from + stretch + 1, ids.length));
            expected += surprisal(model, text, 0, stretch);
          }
          Damage damage = Damage.between(model, other, ids, _ -> {});
          assertEquals(Math.exp(expected / 299), damage.storedPerplexity(), 1e-4, limits.toString());
          assertEquals(damage.storedPerplexity(), damage.perplexity(), 1e-9);
          assertEquals(300, damage.positions());
        }
      }
    }
  }
}
