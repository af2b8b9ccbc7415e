package dev.sextant.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.testing.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The size of a page is estimated before it is packed, with all that is in it. */
class PageSizeTest {
  private static final Path MODELS = Path.of("src/test/resources/golden/models");

  private static Material material(Model model, int tokens) {
    Journey journey = Report.ready(model.generate().ids(1, 2, 3, 4).endTokens().maxTokens(tokens).temperature(0.8)
        .seed(3).journey()).run();
    return Material.of(model, journey);
  }

  @ParameterizedTest
  @CsvSource({"llama, 2", "llama, 40", "gpt2, 20", "mixtral, 40", "qwen3_moe, 30"})
  void theEstimateIsNeverTooLow(String name, int tokens) throws IOException {
    try (Model model = Model.load(MODELS.resolve(name))) {
      Material material = material(model, tokens);
      for (Limits limits : Limits.forPages().subList(0, 6)) requireEnough(material, limits);
      for (Limits limits : Limits.forPages().subList(8, 12)) requireEnough(material.withAgainst(5), limits);
    }
  }

  /** A page of the demo model, most of whose bytes are votes, attention and directions; without these it is too low. */
  @Test
  void directionsAreCounted() throws IOException {
    try (Model model = Model.load(Path.of("../examples/models/storm"))) {
      Material material = material(model, 150);
      requireEnough(material, new Limits(Integer.MAX_VALUE, 200, 12, 6));
      requireEnough(material, new Limits(Integer.MAX_VALUE, 100, 5, 4));
    }
  }

  private static void requireEnough(Material material, Limits limits) throws IOException {
    byte[] json = json(material, limits);
    assertTrue(Json.parse(new String(json, StandardCharsets.UTF_8)).get("directions").list().size() >= 9);
    long real = packed(json);
    long estimate = new PageSize(material).estimate(limits);
    assertTrue(real <= estimate && estimate < 1.35 * real, limits + ": " + real + " bytes, not " + estimate);
  }

  private static byte[] json(Material material, Limits limits) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    new JourneyJson(material, limits).write(json);
    return json.toByteArray();
  }

  private static long packed(byte[] json) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(json);
    }
    return Base64.getEncoder().encode(packed.toByteArray()).length;
  }

  /** Of the steps that a page tries, the first that fits is taken: the step before would be too large, or nearly. */
  @Test
  void aPageTellsAsMuchAsFits() throws IOException {
    try (Model model = Model.load(MODELS.resolve("llama"))) {
      Material material = material(model, 40);
      int frame = PageFrame.read().before().length + PageFrame.read().after().length;
      List<Limits> steps = Limits.forPages();
      for (int i = 2; i < 6; i++) {
        int room = (int) new PageSize(material).estimate(steps.get(i));
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        new JourneyHtml(material).write(page, frame + room);
        assertTrue(page.size() <= frame + room);
        assertEquals(new String(json(material, steps.get(i)), StandardCharsets.UTF_8), unpacked(page, frame));
      }
    }
  }

  private static String unpacked(ByteArrayOutputStream page, int frame) throws IOException {
    int before = PageFrame.read().before().length;
    byte[] journey = new ByteArrayInputStream(page.toByteArray(), before, page.size() - frame).readAllBytes();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(journey)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
