package dev.sextant.examples.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.decode.Decoding;
import dev.sextant.examples.page.Browser.Look;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Votes;
import dev.sextant.report.Report;
import dev.sextant.report.text.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of a journey, opened and used in Chromium; what it shows is held against what the library computes. */
@TestInstance(Lifecycle.PER_CLASS)
class JourneyPageTest {
  private static final String PROMPT = "The storm is";

  private Model model;
  private Journey journey;
  private Path page;
  private Browser browser;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    var started = Browser.start();
    if (started.isEmpty()) System.err.println("Chromium or its driver is missing: the page of a journey is not tested");
    assumeTrue(started.isPresent(), "chromium and chromedriver are on the PATH");
    browser = started.get();
    model = Model.load(Path.of("models/storm"));
    journey = Report.ready(model.generate().prompt(PROMPT).maxTokens(24).temperature(0.8).topP(0.95).seed(3).journey())
        .run();
    page = folder.resolve("journey.html");
    int cold = model.tokenizer().encodeIds(" cold", dev.sextant.tokenizer.EncodeOptions.AS_IS)[0];
    Report.of(model, journey).named("storm").prompted(model.tokenizer().encode(PROMPT)).against(cold).writeHtml(page);
  }

  @AfterAll
  void close() {
    if (browser != null) browser.close();
    if (model != null) model.close();
  }

  @BeforeEach
  void onADesktop() {
    browser.open(page, Look.DESKTOP);
  }

  @AfterEach
  void nothingWentWrong() {
    assertEquals(List.of(), browser.errors());
    assertEquals(List.of(page.toUri().toString()), browser.requests().stream().distinct().toList());
  }

  @Test
  void tellsTheWalkStepByStep() {
    List<String> headings = browser.all("section h2").stream().map(WebElement::getText).toList();
    assertTrue(headings.containsAll(List.of("1\nText becomes numbers", "2\nThe id picks a row of numbers",
        "3\nThe place in the text", "4\nThrough 4 layers: look back, and think", "5\nThe row becomes an expectation",
        "6\nA token is taken", "7\nWho voted for it")), headings.toString());
    assertTrue(browser.text("#say-tokens").contains("The model knows 1,442 pieces of text"));
    assertTrue(browser.text("#say-embedding").contains("−0.0066, 0.1074, 0.0820"));
    assertTrue(browser.text("#outcome").startsWith("After ␣is the model expects ␣over most, at 23.4%."));
    assertEquals(journey.ids().length, browser.all("#tokens [role=option]").size());
  }

  @Test
  void arrowKeysWalkFromTokenToToken() {
    assertEquals("3", selected());
    assertTrue(browser.text("#context").endsWith("position 3 (of 0 to " + (journey.ids().length - 1) + ")"),
        browser.text("#context"));
    browser.find("body").sendKeys(Keys.ARROW_RIGHT);
    assertEquals("4", selected());
    assertTrue(browser.text("#say-tokens").contains("whose id is " + journey.ids()[4]), browser.text("#say-tokens"));
    browser.find("#tokens").sendKeys(Keys.HOME);
    assertEquals("0", selected());
    browser.find("#tokens").sendKeys(Keys.END);
    assertEquals(Integer.toString(journey.ids().length - 2), selected());
    browser.find("#previous").sendKeys(Keys.ENTER);
    assertEquals(Integer.toString(journey.ids().length - 3), selected());
    browser.all("#tokens [role=option]").get(5).click();
    assertEquals("5", selected());
  }

  private String selected() {
    return browser.find("#tokens [aria-selected=true]").getDomAttribute("id").substring(1);
  }

  /** The page computes from the logits what the library computes. */
  @ParameterizedTest
  @CsvSource({"1, 0, 1", "0.5, 0, 1", "1.5, 0, 1", "1, 5, 1", "1, 0, 0.5", "0.7, 10, 0.9", "2, 0, 0.95", "0.05, 0, 1"})
  void slidersChangeTheDistribution(double temperature, int topK, double topP) {
    browser.run("choose({temperature: " + temperature + ", topK: " + topK + ", topP: " + topP + "})");
    Decoding decoding = Decoding.UNFILTERED.withTemperature(temperature).withTopK(topK).withTopP(topP);
    double[] expected = decoding.distribution(journey.tokens().getFirst().distribution().logits(), new int[0]);
    List<WebElement> rows = browser.all("#distribution tbody tr:not(.others)");
    List<Integer> best = journey.tokens().getFirst().distribution().top(12).stream().map(token -> token.id()).toList();
    for (int i = 0; i < best.size(); i++) {
      double probability = expected[best.get(i)];
      assertEquals(probability == 0 ? "cut" : shown(probability), rows.get(i).findElement(
          org.openqa.selenium.By.cssSelector("td:last-child")).getText(), "rank " + i);
    }
    long left = Arrays.stream(expected).filter(p -> p > 0).count();
    if (topK > 0 || topP < 1)
      assertTrue(browser.text("#say-filters").contains(Numbers.plural(left, "token") + " of 1,442"),
          browser.text("#say-filters"));
  }

  private static String shown(double probability) {
    return probability < 1 && probability >= 0.9995 ? ">99.9%" : Numbers.percent(probability);
  }

  @Test
  void aHandOnTheSliderMovesTheBars() {
    String before = browser.text("#distribution");
    browser.find("#temperature").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertNotEquals(before, browser.text("#distribution"));
    assertEquals("0.90", browser.text("#temperature-is"));
    browser.slide("#temperature", 0);
    assertTrue(browser.text("#say-filters").contains("1 token of 1,442"));
    browser.find("#as-run").click();
    assertEquals(before, browser.text("#distribution"));
  }

  @Test
  void theDrawIsRepeated() {
    for (int index = 0; index < journey.tokens().size(); index++) {
      browser.run("choose({position: " + journey.tokens().get(index).position() + "})");
      assertTrue(browser.text("#say-choice").contains("the same number points at it too"), browser.text("#say-choice"));
    }
  }

  @Test
  void votesAreForAnyAAgainstAnyB() {
    assertEquals(" cold", journey.textOf(Integer.parseInt(value("#vote-b"))), "what was asked for");
    requireVotes(0);
    browser.find("#swap").click();
    requireVotes(0);
    browser
        .run("const s = document.querySelector('#vote-b'); s.selectedIndex = 3; s.dispatchEvent(new Event('change'))");
    requireVotes(0);
    browser.run("choose({position: " + journey.tokens().get(4).position() + "})");
    requireVotes(4);
  }

  private void requireVotes(int index) {
    Contest contest = Contest.between(Integer.parseInt(value("#vote-a")), Integer.parseInt(value("#vote-b")));
    Votes votes = model.votes(journey, index, contest);
    assertTrue(browser.text("#say-difference").contains(Numbers.decimal(Math.abs(votes.difference()), 2)),
        browser.text("#say-difference"));
    double strongest = votes.all().stream().mapToDouble(vote -> Math.abs(vote.value())).max().orElseThrow();
    String first = browser.find("#votes-parts td:last-child").getText().replaceAll("[+−]", "");
    assertEquals(strongest, Double.parseDouble(first), 0.0011);
    assertTrue(browser.text("#say-sum").contains(Numbers.decimal(votes.difference(), 4).replace('-', '−')),
        browser.text("#say-sum") + votes);
  }

  private String value(String selector) {
    return String.valueOf(browser.run("return document.querySelector(arguments[0]).value", selector));
  }

  @Test
  void layersAndHeadsCanBeChosen() {
    browser.slide("#layer", 2);
    assertEquals("2 of 4", browser.text("#layer-is"));
    assertEquals(8, browser.all("#heads [role=radio]").size());
    browser.all("#heads [role=radio]").get(2).click();
    assertEquals("Layer 2, head 3", browser.text("#head-title"));
    browser.find("#heads [aria-checked=true]").sendKeys(Keys.ARROW_RIGHT);
    assertEquals("Layer 2, head 4", browser.text("#head-title"));
    float[] looks = journey.at(dev.sextant.trace.Station.PROBABILITIES, 1).row(3, 3);
    double most = 0;
    for (float look : looks) most = Math.max(most, look);
    assertTrue(browser.text("#say-head").contains(Numbers.percent(most)), browser.text("#say-head"));
    assertTrue(browser.all("#arcs path").size() > 0);
    browser.find("#votes-parts button").click();
    assertTrue(browser.text("#head-title").matches("Layer \\d, head \\d"));
  }

  @Test
  void theChartOfDistancesIsThatOfTheHead() {
    browser.run("choose({layer: 1, head: 2})");
    int tokens = journey.ids().length - 1;
    double previous = 0;
    for (int t = 1; t < tokens; t++) {
      previous += journey.at(dev.sextant.trace.Station.PROBABILITIES, 1).row(t, 2)[t - 1] / (tokens - 1);
    }
    assertTrue(browser.text("#say-distance").contains(Numbers.percent(previous) + " to the one before it"),
        browser.text("#say-distance") + previous);
    assertEquals(tokens, browser.all("#distance rect").size());
  }

  @Test
  void arrowsPointToTheTokensThatCompete() {
    List<String> compared = browser.all("#path .arrow.compared text").stream().map(WebElement::getText).toList();
    for (String select : List.of("#vote-a", "#vote-b")) {
      String text = journey.textOf(Integer.parseInt(value(select)));
      assertTrue(compared.contains(dev.sextant.report.text.Visible.text(text)), compared + " " + text);
    }
    assertTrue(browser.all("#path .arrow").size() >= 3);
    browser
        .run("const s = document.querySelector('#vote-b'); s.selectedIndex = 4; s.dispatchEvent(new Event('change'))");
    String text = journey.textOf(Integer.parseInt(value("#vote-b")));
    assertTrue(browser.text("#path .arrow.compared:nth-of-type(2) text")
        .equals(dev.sextant.report.text.Visible.text(text)), browser.text("#path"));
  }

  /** In the picture of the path, wherever one stands: no text lies over another, nor under the arrows of compared tokens. */
  @ParameterizedTest
  @CsvSource({"1200", "360"})
  void textsInThePathAreLegible(int width) {
    browser.open(page, new Look(width, 800, "light"));
    for (int position = 0; position < journey.ids().length - 1; position++) {
      Object covered = browser.run(
          """
          choose({position: arguments[0]});
          const boxes = Array.from(document.querySelectorAll('#path text'), e => ({text: e.textContent, box: e.getBBox()}));
          const inside = ({x, y, width, height}, px, py) => px > x + 1 && px < x + width - 1 && py > y + 3 && py < y + height - 3;
          const covered = [];
          boxes.forEach(({text, box}, i) => boxes.slice(i + 1).forEach(other => {
            if (Math.abs(box.x + box.width / 2 - other.box.x - other.box.width / 2) < (box.width + other.box.width) / 2 - 1
                && Math.abs(box.y - other.box.y) < 10) covered.push(`${text} and ${other.text}`);
          }));
          for (const line of document.querySelectorAll('#path .arrow line')) {
            const [a, b] = [line.getPointAtLength(0), line.getPointAtLength(line.getTotalLength())];
            for (let i = 0; i <= 300; i++)
              for (const {text, box} of boxes)
                if (inside(box, a.x + (b.x - a.x) * i / 300, a.y + (b.y - a.y) * i / 300)) covered.push(`${text} and an arrow`);
          }
          return Array.from(new Set(covered));""",
          position);
      assertEquals(List.of(), covered, "at position " + position);
      assertTrue(browser.all("#path text").size() > 3);
    }
  }

  @Test
  void theLensGridIsThatOfTheRun() {
    var cells = browser.all("#lens td[data-position='3']");
    assertEquals(5, cells.size());
    for (int i = 0; i < 5; i++) {
      String best = journey.lenses().get(3).reading(i).top().getFirst().text();
      assertEquals(dev.sextant.report.text.Visible.text(best), cells.get(i).getText());
    }
  }

  @ParameterizedTest
  @CsvSource({"desktop-light, 1200, light", "desktop-dark, 1200, dark", "phone-light, 360, light",
    "phone-dark, 360, dark"})
  void fitsAnyScreenInAnyLight(String name, int width, String scheme) throws IOException {
    browser.open(page, new Look(width, 800, scheme));
    assertEquals(true, browser.run("return document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out");
    Object small = browser.run("return Array.from(document.querySelectorAll('button, select, input'))"
        + ".filter(e => e.offsetParent && !e.matches('.link') && e.getBoundingClientRect().height < 30).length");
    assertEquals(0L, small, "everything can be touched");
    browser.photograph(name);
  }

  @Test
  void everyControlHasAName() {
    Object nameless = browser.run(
        """
        return Array.from(document.querySelectorAll('button, select, input, [role=listbox], [role=group], svg[role=img]'))
          .filter(e => !(e.getAttribute('aria-label') || e.labels?.length || e.textContent.trim())).map(e => e.outerHTML)""");
    assertEquals(List.of(), nameless);
  }
}
