package dev.sextant.examples.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.examples.page.Browser.Look;
import dev.sextant.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's picture, kept under target/screenshots; docs/pictures/renew copies it to its place. */
class PictureTest {
  private static final String PROMPT = "The storm is";
  private static final Look LOOK = new Look(860, 900, "light");

  /** Of the page, what a reader of the README is to see. */
  private static final String SHOWN = "h1, #lead, #tokens, #outcome, #glance, #head-title, #say-head, #arcs,"
      + " h3:has(+ #say-path), #path, #step-7 h2, .versus, #say-difference, h3:has(+ #votes-parts), #votes-parts";

  /** Hides what holds nothing of that and is no part of it, and of the votes all but the strongest. */
  private static final String HIDE = """
      const shown = Array.from(document.querySelectorAll(arguments[0]));
      const without = element => element.style.setProperty('display', 'none', 'important');
      for (const e of document.querySelectorAll('body *'))
        if (!shown.some(s => s === e || s.contains(e) || e.contains(s))) without(e);
      document.styleSheets[0].insertRule('#votes-parts tr:nth-child(n + 8) { display: none }', 0); // also when drawn anew
      document.querySelector('#arcs svg').style.marginTop = '-64px'; // these arcs are low
      document.querySelector('#head-title').style.marginTop = 0;
      document.querySelector('.hero').style.paddingTop = 0;
      document.querySelectorAll('section').forEach(e => e.style.marginTop = '24px');
      document.body.style.paddingBottom = '24px';""";

  @Test
  void isTaken(@TempDir Path folder) throws IOException {
    var started = Browser.start();
    assumeTrue(started.isPresent(), "chromium and chromedriver are on the PATH");
    Path page = folder.resolve("journey.html");
    try (Browser browser = started.get(); Model model = Model.load(Path.of("models/storm"))) {
      Journey journey = Report.ready(model.generate().prompt(PROMPT).maxTokens(24).journey()).run();
      Report.of(model, journey).named("storm").prompted(model.tokenizer().encode(PROMPT)).writeHtml(page);
      browser.open(page, LOOK);
      browser.find("#votes-parts button").click(); // looks at the head with the strongest vote
      browser.run(HIDE, SHOWN);
      for (String part : List.of("#arcs path", "#path .arrow.compared text", "#votes-parts td"))
        assertTrue(browser.find(part).isDisplayed(), part);
      assertFalse(browser.find("#distance-title").isDisplayed());
      browser.photograph("journey");
      assertEquals(List.of(), browser.errors());
    }
  }
}
