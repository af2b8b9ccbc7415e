package dev.sextant.examples.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.TokenJourney;
import dev.sextant.examples.page.Browser.Look;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Votes;
import dev.sextant.report.Report;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Visible;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a journey with votes against a token that is itself decided on the way. */
class RivalPageTest {
  @Test
  void aRivalThatCameIsReplacedThereOnly(@TempDir Path folder) throws IOException {
    var started = Browser.start();
    assumeTrue(started.isPresent(), "chromium and chromedriver are on the PATH");
    Path page = folder.resolve("rival.html");
    try (Browser browser = started.get(); Model model = Model.load(Path.of("models/storm"))) {
      Journey journey = Report.ready(model.journey().prompt("The storm is").maxTokens(4)).run();
      int rival = journey.tokens().get(2).id();
      Report.of(model, journey).against(rival).writeHtml(page);
      browser.open(page, Look.DESKTOP);
      for (TokenJourney token : journey.tokens()) {
        browser.run("choose({position: arguments[0]})", token.position());
        Votes votes = model.votes(journey, token.index(), Contest.chosenAgainst(rival));
        requireVotes(browser, votes, journey);
        assertEquals(token.id() == rival, browser.text("#say-votes").contains("Votes against " + shown(rival, journey)
            + " were asked for. It came itself here, so they stand against the most probable other token, "
            + shown(votes.tokenB(), journey) + "."), browser.text("#say-votes"));
      }
      assertTrue(journey.tokens().getFirst().id() != rival, "it does not come everywhere");
      assertEquals(List.of(), browser.errors());
    }
  }

  private static void requireVotes(Browser browser, Votes votes, Journey journey) {
    for (var side : List.of(List.of("a", votes.tokenA()), List.of("b", votes.tokenB()))) {
      Object chosen = browser.run("return document.querySelector(arguments[0]).value", "#vote-" + side.getFirst());
      assertEquals(String.valueOf(side.getLast()), chosen, "at position " + votes.position());
    }
    String told = browser.text("#say-difference");
    assertTrue(told.contains(shown(votes.tokenB(), journey)), told);
    assertTrue(told.contains(Numbers.decimal(Math.abs(votes.difference()), 2)), told);
  }

  private static String shown(int id, Journey journey) {
    return Visible.text(journey.textOf(id));
  }
}
