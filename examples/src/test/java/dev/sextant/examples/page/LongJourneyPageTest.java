package dev.sextant.examples.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.examples.page.Browser.Look;
import dev.sextant.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** 200 tokens of a model with 30 layers of 9 heads fit into 5 MB, and the page can be used. */
@EnabledIf(value = "theModelIsThere", disabledReason = "run tools/fetch-smollm2.sh DIR and set SEXTANT_MODELS=DIR")
class LongJourneyPageTest {
  private static final String MODELS = System.getProperty("sextant.models", System.getenv("SEXTANT_MODELS"));
  private static final String PROMPT = "The old lighthouse stood at the end of the harbour, and every evening";
  private static final int TOKENS = 200;

  static boolean theModelIsThere() {
    return MODELS != null && Files.isDirectory(folder());
  }

  private static Path folder() {
    return Path.of(MODELS).resolve("SmolLM2-135M-Instruct");
  }

  @Test
  void fitsAndCanBeUsed(@TempDir Path temporary) throws IOException {
    Path page = temporary.resolve("long.html");
    write(page);
    assertTrue(Files.size(page) <= 5_000_000, Files.size(page) + " bytes");
    assertTrue(Files.size(page) > 2_500_000, Files.size(page) + " bytes: much more is cut than need be");
    var started = Browser.start();
    assumeTrue(started.isPresent(), "chromium and chromedriver are on the PATH");
    try (Browser browser = started.get()) {
      browser.open(page, Look.DESKTOP);
      assertEquals((long) TOKENS, browser.run("return document.querySelectorAll('#tokens [role=option]').length"));
      browser.find("body").sendKeys(Keys.ARROW_RIGHT);
      browser.slide("#layer", 21);
      assertEquals("21 of 30", browser.text("#layer-is"));
      assertEquals(9, browser.all("#heads [role=radio]").size());
      assertTrue(browser.text("#cuts").contains("strongest looks of each token are kept"), browser.text("#cuts"));
      assertTrue(browser.text("#say-sum").contains("add up to the difference"));
      browser.photograph("long-desktop-light");
      assertEquals(List.of(), browser.errors());
    }
  }

  private static void write(Path page) throws IOException {
    try (Model model = Model.load(folder())) {
      int prompt = model.tokenizer().encode(PROMPT).size();
      Journey journey = Report.ready(model.generate().prompt(PROMPT).maxTokens(TOKENS - prompt).endTokens()
          .temperature(0.8).topP(0.95).seed(3).journey()).run();
      Report.of(model, journey).named("SmolLM2-135M-Instruct").writeHtml(page);
    }
  }
}
