package dev.sextant.examples.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.examples.page.Browser.Look;
import dev.sextant.report.Report;
import dev.sextant.report.text.Numbers;
import dev.sextant.trace.Station;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a model with mixtures of experts, of which the second layer has a plain MLP. */
class ExpertsPageTest {
  private static final Path MODEL = Path.of("../core/src/test/resources/golden/models/qwen3_moe");

  @Test
  void tellsWhoSawTheToken(@TempDir Path folder) throws IOException {
    var started = Browser.start();
    assumeTrue(started.isPresent(), "chromium and chromedriver are on the PATH");
    Path page = folder.resolve("experts.html");
    try (Browser browser = started.get(); Model model = Model.load(MODEL)) {
      Journey journey = Report.ready(model.generate().ids(1, 2, 3, 4).endTokens().maxTokens(6).journey()).run();
      Report.of(model, journey).writeHtml(page);
      browser.open(page, Look.DESKTOP);
      for (int layer : List.of(0, 2)) {
        for (int position : List.of(3, 5)) {
          browser.run("choose({layer: arguments[0], position: arguments[1]})", layer, position);
          requireExperts(browser, journey, layer, position);
        }
      }
      browser.run("choose({layer: 1})");
      assertFalse(browser.find("#experts-title").isDisplayed());
      assertFalse(browser.find("#experts").isDisplayed());
      assertEquals(List.of(), browser.errors());
    }
  }

  private static void requireExperts(Browser browser, Journey journey, int layer, int position) {
    assertTrue(browser.text("#say-experts").contains("this layer has 6 experts"), browser.text("#say-experts"));
    List<String> rows = browser.all("#experts tr").stream().map(row -> row.getText().replaceAll("\\s+", " ")).toList();
    assertEquals(3, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      int expert = (int) journey.at(Station.EXPERTS, layer).get(position, i);
      float weight = journey.at(Station.EXPERT_WEIGHTS, layer).get(position, i);
      assertEquals("Expert " + (expert + 1) + " " + Numbers.percent(Math.round(weight * 1e4) / 1e4), rows.get(i));
    }
  }
}
