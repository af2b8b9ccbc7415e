package dev.sextant.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Model;
import dev.sextant.Score;
import dev.sextant.explain.Calibration;
import dev.sextant.explain.Geometry;
import dev.sextant.explain.HeadPattern;
import dev.sextant.explain.HeadPatterns;
import dev.sextant.explain.Neighbour;
import dev.sextant.explain.TokenMerges;
import dev.sextant.explain.TokenSpace;
import dev.sextant.tokenizer.EncodeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What explanations say of the bundled model makes sense. */
class DemoModelSpaceTest {
  private static final Model MODEL = Model.load(Path.of("models/storm"));
  private static final String TEXT = "Today is Monday. Tomorrow is Tuesday. Bread is made of flour. Mia has two and Tom"
      + " has three. Together they have five. Bread is made of flour.";

  @AfterAll
  static void close() {
    MODEL.close();
  }

  @Test
  void weatherIsNearToWeather() {
    int storm = MODEL.tokenizer().encodeIds(" storm", EncodeOptions.TEXT_ONLY)[0];
    Set<String> near = Geometry.of(MODEL).neighbours(storm, TokenSpace.EMBEDDING, 6).stream().map(Neighbour::text)
        .collect(Collectors.toSet());
    near.retainAll(Set.of(" rain", " snow", " wind", " fog", " sun", " thunder", " clouds", " frost"));
    assertTrue(near.size() >= 3, near.toString());
  }

  @Test
  void whatWasLearnedIsNoSurprise() {
    Score known = MODEL.score(TEXT);
    Score garbled = MODEL.score("Flour Tomorrow made. Monday three of have Tom Bread is five Together.");
    assertTrue(known.perplexity() < 20, known.toString());
    assertTrue(garbled.perplexity() > 10 * known.perplexity(), garbled.toString());
    int flour = MODEL.tokenizer().encodeIds(" flour", EncodeOptions.TEXT_ONLY)[0];
    assertTrue(
        known.tokens().stream().filter(token -> token.id() == flour).allMatch(token -> token.probability() > 0.5));
    assertEquals(known.meanSurprisal(), Calibration.of(MODEL.scoring().text(TEXT)).loss(), 1e-9);
  }

  @Test
  void headsShareOutTheirAttention() {
    int[] ids = MODEL.tokenizer().encodeIds(TEXT, EncodeOptions.DEFAULT);
    HeadPatterns patterns = HeadPatterns.of(MODEL, ids);
    assertEquals(ids.length - 1, patterns.tokens());
    assertEquals(MODEL.config().layers() * MODEL.config().heads(), patterns.all().size());
    for (HeadPattern head : patterns.all()) {
      assertTrue(head.entropy() > 0 && head.entropy() < Math.log(ids.length), head.toString());
      assertTrue(head.firstToken() >= 0 && head.previousToken() >= 0 && head.induction() >= 0, head.toString());
    }
    double best = patterns.strongest(HeadPattern::previousToken, 1).getFirst().previousToken();
    assertTrue(best > 0.1, "" + best);
  }

  @Test
  void mergesEndInTheirToken() {
    List<TokenMerges> tokens = TokenMerges.of(MODEL.tokenizer(), "The storm is over.");
    assertEquals("<|endoftext|>", tokens.getFirst().text());
    TokenMerges storm = tokens.get(2);
    assertEquals(" storm", storm.text());
    assertEquals(" storm", storm.steps().getLast().merged());
    assertTrue(storm.steps().size() >= 4, storm.toString());
  }
}
