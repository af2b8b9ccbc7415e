package dev.sextant.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.testing.Json;
import dev.sextant.testing.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sampling at the edges of its parameters: distributions that the reference implementation computed. */
class SamplingEdgesCaseTest {
  private static final Path FILE = Path.of("src/test/resources/cases/09-sampling-edges/expected.json");
  private static final double TOLERANCE = 1e-6;

  static List<Json> checks() {
    return Json.read(FILE).get("checks").list().stream().filter(check -> !isAboutLength(check)).toList();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void agreesWithTheReference(Json check) {
    Json expect = check.get("expect");
    if (expect.has("error")) assertFails(check);
    else if (check.get("do").text().equals("choose")) assertEquals(expect.get("id").integer(), choose(check).id());
    else assertDistribution(expect.get("probs").numbers(), check);
  }

  @Test
  void onlyTheLengthOfTheGenerationIsLeftToOthers() {
    assertEquals(1, Json.read(FILE).get("checks").list().stream().filter(SamplingEdgesCaseTest::isAboutLength).count());
  }

  private static void assertDistribution(double[] expected, Json check) {
    double[] actual = Settings.decoding(check.get("params")).distribution(logits(check), new int[0]);
    assertArrayEquals(expected, actual, TOLERANCE);
    for (int id = 0; id < expected.length; id++) // cut means 0 exactly
      if (expected[id] == 0) assertTrue(actual[id] < 1e-300, "id " + id + " has " + actual[id]);
  }

  private static void assertFails(Json check) {
    String message = assertThrows(RuntimeException.class, () -> choose(check)).getMessage();
    for (String mention : check.get("expect").get("mentions").texts())
      assertTrue(plain(message).contains(plain(mention)), message);
  }

  private static Chosen choose(Json check) {
    float[] logits = logits(check);
    return Decoder.seeded(Settings.decoding(check.get("params")), 1).choose(logits, new History(logits.length));
  }

  private static float[] logits(Json check) {
    double[] logits = check.get("logits").numbers();
    float[] floats = new float[logits.length];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) logits[i]);
    return floats;
  }

  private static boolean isAboutLength(Json check) {
    return check.get("params").has("max_new_tokens");
  }

  /** Our names are topK and minP, those of the case top_k and min_p. */
  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace("_", "");
  }
}
