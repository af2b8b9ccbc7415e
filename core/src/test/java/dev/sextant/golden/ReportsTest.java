package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Journey;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelClosedException;
import dev.sextant.TokenJourney;
import dev.sextant.decode.Decoding;
import dev.sextant.report.Report;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Visible;
import dev.sextant.testing.Json;
import dev.sextant.trace.Change;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Journeys of every family are told, and what is told is what happened. */
class ReportsTest {
  private static final int DECIDED = 4;

  static List<String> names() {
    return GoldenTest.NAMES;
  }

  private static Journey run(Golden golden, Model model) {
    Decoding decoding = Decoding.UNFILTERED.withTemperature(0.77).withTopP(0.9);
    return Report
        .ready(model.generate().ids(golden.prompt("p13")).endTokens().maxTokens(DECIDED).decoding(decoding).seed(3)
            .journey())
        .run();
  }

  @ParameterizedTest
  @MethodSource("names")
  void jsonTellsWhatHappened(String name, @TempDir Path folder) throws IOException {
    Golden golden = Golden.of(name);
    try (Model model = golden.load(LoadOptions.defaults())) {
      Journey journey = run(golden, model);
      Path file = folder.resolve("journey.json");
      Report.of(model, journey).named("</script>").writeJson(file);
      Json json = Json.read(file);
      assertEquals("dev.sextant.journey", json.get("schema").text());
      assertEquals("</script>", json.get("model").get("name").text());
      assertEquals(13 + DECIDED - 1, json.get("positions").list().size());
      for (TokenJourney token : journey.tokens())
        check(json, json.get("positions").list().get(token.position()), token, journey);
      directions(json);
      distances(json, journey);
    }
  }

  /** Every token that stood for a decision has an arrow, no longer than its direction. */
  private static void directions(Json json) {
    double[] flat = json.get("directions").numbers();
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < flat.length; i += 3) {
      ids.add((int) flat[i]);
      assertTrue(Math.hypot(flat[i + 1], flat[i + 2]) < 1 + 1e-3, "longer than 1");
    }
    assertEquals(ids.size(), Set.copyOf(ids).size());
    for (Json told : json.get("positions").list()) {
      for (int i = 0; i < 3; i++) assertTrue(ids.contains(told.get("next").get("ids").integers()[i]));
    }
  }

  private static void distances(Json json, Journey journey) {
    int length = json.get("positions").list().size();
    int[] shares = json.get("distances").list().get(1).list().get(0).integers();
    assertEquals(length + 1, shares.length);
    double before = 0;
    for (int position = 2; position < length; position++) {
      before += journey.at(Station.PROBABILITIES, 1).row(position, 0)[position - 2];
    }
    assertEquals(before / (length - 2), shares[2] * 1e-4, 0.51e-4);
    assertEquals(0, shares[length], "nothing is farther back than the text is long");
  }

  private static void check(Json json, Json told, TokenJourney token, Journey journey) {
    double[] logits = told.get("next").get("logits").numbers();
    int[] ids = told.get("next").get("ids").integers();
    assertEquals(token.distribution().vocabularySize(), ids.length);
    for (int i = 0; i < ids.length; i++) assertEquals(token.distribution().logit(ids[i]), (float) logits[i]);
    assertEquals(token.id(), told.get("choice").get("id").integer());
    assertEquals(token.drawn(), told.get("choice").get("drawn").number());
    assertEquals(0, told.get("lens").list().getLast().get("rank").integer());
    assertTrue(told.get("imbalance").number() < 1e-5, "imbalance " + told.get("imbalance").number());
    votesAddUp(json.get("parts").list().size(), told.get("votes").get("against_base").list());
    for (int layer = 0; layer < journey.config().layers(); layer++) {
      for (int head = 0; head < journey.config().heads(); head++) {
        float[] row = journey.at(Station.PROBABILITIES, layer).row(token.position(), head);
        int[] looks = told.get("heads").list().get(layer).list().get(head).integers();
        for (int i = 0; i < looks.length; i += 2) assertEquals(row[looks[i]], looks[i + 1] * 1e-4, 0.51e-4);
      }
    }
  }

  /** The experts chosen, and what their answers weigh, in the JSON and, counted from 1, in words. */
  @ParameterizedTest
  @CsvSource({"mixtral, 4, 2", "qwen3_moe, 6, 3"})
  void mixturesNameTheirExperts(String name, int experts, int chosen, @TempDir Path folder) throws IOException {
    Golden golden = Golden.of(name);
    try (Model model = golden.load(LoadOptions.defaults())) {
      Journey journey = run(golden, model);
      Report report = Report.of(model, journey);
      report.writeJson(folder.resolve("out.json"));
      Json json = Json.read(folder.resolve("out.json"));
      assertEquals(experts, json.get("model").get("experts").integer());
      for (int position = 0; position < 13 + DECIDED - 1; position++) {
        List<Json> told = json.get("positions").list().get(position).get("experts").list();
        for (int layer = 0; layer < journey.config().layers(); layer++)
          requireExperts(journey, layer, position, told.get(layer).integers(), chosen);
      }
      String text = report.text().replaceAll("\\s+", " ");
      assertTrue(text.contains("In place of one MLP this layer has " + experts + " experts."), text);
      int best = (int) journey.at(Station.EXPERTS, 0).get(12, 0);
      String weight = Numbers.percent(journey.at(Station.EXPERT_WEIGHTS, 0).get(12, 0));
      assertTrue(text.contains("counts: expert " + (best + 1) + " " + weight + ", expert "), text);
    }
  }

  private static void requireExperts(Journey journey, int layer, int position, int[] told, int chosen) {
    boolean plain = !journey.captured().has(Station.EXPERTS, layer);
    assertEquals(plain ? 0 : 2 * chosen, told.length);
    for (int i = 0; i < told.length; i += 2) {
      assertEquals(journey.at(Station.EXPERTS, layer).get(position, i / 2), told[i]);
      assertEquals(journey.at(Station.EXPERT_WEIGHTS, layer).get(position, i / 2), told[i + 1] * 1e-4, 0.51e-4);
    }
  }

  @Test
  void whereThereIsOneMlpNoExpertsAreTold(@TempDir Path folder) throws IOException {
    Golden golden = Golden.of("llama");
    try (Model model = golden.load(LoadOptions.defaults())) {
      Report report = Report.of(model, run(golden, model));
      report.writeJson(folder.resolve("out.json"));
      Json json = Json.read(folder.resolve("out.json"));
      assertFalse(json.get("model").has("experts"));
      assertFalse(json.get("positions").list().getFirst().has("experts"));
      assertFalse(report.text().contains("expert"));
      assertFalse(model.hasTokenizer());
      assertFalse(report.text().contains("merge"), "there is no tokenizer that could tell");
    }
  }

  /** Asked for votes against the token that is then decided, the text says so and has those against the runner-up. */
  @ParameterizedTest
  @CsvSource({"0", "1"})
  void aRivalThatIsDecidedIsReplaced(double temperature, @TempDir Path folder) throws IOException {
    Golden golden = Golden.of("llama");
    try (Model model = golden.load(LoadOptions.defaults())) {
      Journey journey = Report.ready(model.generate().ids(golden.prompt("p13")).endTokens().maxTokens(DECIDED)
          .temperature(temperature).seed(4).journey()).run();
      TokenJourney decided = journey.tokens().getFirst();
      assertEquals(temperature == 0, decided.distribution().argmax() == decided.id(), "both cases are tested");
      String rival = name(decided.runnerUp().id(), journey);
      String own = name(decided.id(), journey);
      String text = Report.of(model, journey).against(decided.id()).text().replaceAll("\\s+", " ");
      assertTrue(
          text.contains("Votes against " + own + " were asked for. It was taken itself, so they stand against the"
              + " most probable other token, " + rival + "."),
          text);
      assertTrue(text.contains(" that of " + rival + ". The strongest votes"), text);
      String plain = Report.of(model, journey).text().replaceAll("\\s+", " ");
      assertFalse(plain.contains("were asked for"), plain);
      assertTrue(text.endsWith(plain.substring(plain.indexOf("The last row is the sum"))), "the same votes");
      Report.of(model, journey).against(decided.id()).writeJson(folder.resolve("out.json"));
      Json json = Json.read(folder.resolve("out.json"));
      assertEquals(decided.id(), json.get("against").integer());
      Json votes = json.get("positions").list().get(decided.position()).get("votes");
      int base = votes.get("base").integer();
      int first = votes.get("against_base").list().getFirst().get("id").integer();
      assertEquals(decided.runnerUp().id(), base == decided.id() ? first : base, "as docs/journey-schema.md says");
      votesAddUp(json.get("parts").list().size(), votes.get("against_base").list());
    }
  }

  private static String name(int id, Journey journey) {
    return Visible.text(journey.textOf(id));
  }

  private static void votesAddUp(int parts, List<Json> contests) {
    assertTrue(contests.size() > 5);
    for (int i = 0; i < contests.size(); i++) {
      int[] votes = contests.get(i).get("votes").integers();
      assertEquals(parts, votes.length);
      double sum = 0;
      for (int vote : votes) sum += vote * 1e-4;
      double difference = contests.get(i).get("difference").number();
      assertEquals(difference, sum, 0.5e-4 * parts);
      assertTrue(Math.abs(contests.get(i).get("remainder").number()) < 1e-3);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void textGoesThroughTheItinerary(String name) {
    Golden golden = Golden.of(name);
    try (Model model = golden.load(LoadOptions.defaults())) {
      String text = Report.of(model, run(golden, model)).text();
      assertEquals(7, text.lines().filter(line -> line.matches("\\d\\. .*")).count(), text);
      boolean learned = text.replaceAll("\\s+", " ")
          .contains("A second table has a row for each position. Row 12, of length ");
      assertEquals(name.startsWith("gpt2"), learned, text);
      assertTrue(text.replaceAll("\\s+", " ").contains("which is rounding."), text);
    }
  }

  @Test
  void thePageCarriesTheJsonAndAllowsNothingElse() throws IOException {
    Golden golden = Golden.of("llama");
    try (Model model = golden.load(LoadOptions.defaults())) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      Report.of(model, run(golden, model)).named("</script><script>alert(1)</script>").writeHtml(bytes);
      String page = bytes.toString(StandardCharsets.UTF_8);
      assertTrue(page.contains("content=\"default-src 'none'; script-src 'sha256-"), "policy");
      assertEquals(-1, page.indexOf("{{"), "every place is filled");
      assertEquals(-1, page.indexOf("alert(1)"), "no text of the journey is markup");
      assertTrue(unpacked(page).contains("\"name\":\"</script><script>alert(1)</script>\""));
    }
  }

  private static String unpacked(String page) throws IOException {
    Matcher data = Pattern.compile("id=\"journey\">([^<]*)</script>").matcher(page);
    assertTrue(data.find());
    byte[] packed = java.util.Base64.getDecoder().decode(data.group(1));
    try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aPromptAloneIsToldToo(@TempDir Path folder) throws IOException {
    Golden golden = Golden.of("qwen3");
    try (Model model = golden.load(LoadOptions.defaults())) {
      Journey journey = Report.ready(model.journey().ids(golden.prompt("p7")).maxTokens(0)).run();
      Report report = Report.of(model, journey);
      report.writeJson(folder.resolve("out.json"));
      report.writeHtml(folder.resolve("out.html"));
      assertEquals(7, Json.read(folder.resolve("out.json")).get("positions").list().size());
      assertTrue(report.text().contains("6. A token is taken"));
      assertTrue(Files.size(folder.resolve("out.html")) > 10_000);
    }
  }

  @Test
  void aFileIsReplacedWholeOrStays(@TempDir Path folder) throws IOException {
    Golden golden = Golden.of("llama");
    Path page = Files.writeString(folder.resolve("out.html"), "old");
    Path json = Files.writeString(folder.resolve("out.json"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), json);
    Report report;
    try (Model model = golden.load(LoadOptions.defaults())) {
      report = Report.of(model, Report.ready(model.journey().ids(golden.prompt("p7"))).run());
    }
    assertThrows(ModelClosedException.class, () -> report.writeHtml(page));
    assertThrows(ModelClosedException.class, () -> report.writeJson(json));
    assertEquals("old", Files.readString(page));
    assertEquals("old", Files.readString(json));
    try (Model model = golden.load(LoadOptions.defaults())) {
      Report open = Report.of(model, Report.ready(model.journey().ids(golden.prompt("p7"))).run());
      open.writeHtml(page);
      open.writeJson(link);
      assertThrows(IOException.class, () -> open.writeJson(folder));
      Path missing = folder.resolve("missing").resolve("out.json");
      assertEquals(missing.toString(),
          assertThrows(NoSuchFileException.class, () -> open.writeJson(missing)).getFile());
      Path nowhere = Path.of("/dev/null");
      if (Files.exists(nowhere)) open.writeJson(nowhere);
    }
    assertTrue(Files.size(page) > 10_000);
    assertEquals(7, Json.read(json).get("positions").list().size(), "behind the link");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(3, files.count(), "nothing is left beside them");
    }
  }

  @Test
  void changesAreSaid(@TempDir Path folder) throws IOException {
    Golden golden = Golden.of("llama");
    try (Model model = golden.load(LoadOptions.defaults())) {
      Change change = Change.scale(Station.RESIDUAL_POST, 3).layers(1).positions(Positions.all());
      Journey journey = Report.ready(model.journey().ids(golden.prompt("p7")).change(change)).run();
      Report report = Report.of(model, journey);
      assertTrue(report.text().replaceAll("\\s+", " ").contains("which is what the changes of this run did"),
          report.text());
      report.writeJson(folder.resolve("out.json"));
      assertEquals(1, Json.read(folder.resolve("out.json")).get("changes").list().size());
    }
  }

  @Test
  void aJourneyThatDidNotLookCloselyIsRefused() {
    Golden golden = Golden.of("llama");
    try (Model model = golden.load(LoadOptions.defaults())) {
      Journey blind = model.journey().ids(golden.prompt("p7")).run();
      assertTrue(assertThrows(InvalidArgumentException.class, () -> Report.of(model, blind)).getMessage()
          .contains("Report.ready"));
      Report report = Report.of(model, Report.ready(model.journey().ids(golden.prompt("p7"))).run());
      assertThrows(InvalidArgumentException.class, () -> report.against(-1));
      assertThrows(InvalidArgumentException.class, () -> report.against(model.config().vocabularySize()));
    }
  }
}
