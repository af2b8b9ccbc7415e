package dev.sextant.examples.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.examples.DemoCopy;
import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.examples.page.Browser.Look;
import dev.sextant.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose texts try to break out of the page. */
class HostileTextTest {
  private static final String HOSTILE = "</script><script>document.title='broken'</script>"
      + "<img src=x onerror=\"document.title='broken'\"><!--'\\\u2028\u0007🐈{{journey}}";

  @Test
  void isShownAsTextAndDoesNothing(@TempDir Path folder) throws IOException {
    var started = Browser.start();
    assumeTrue(started.isPresent(), "chromium and chromedriver are on the PATH");
    Path page = folder.resolve("hostile.html");
    write(hostileModel(folder), page);
    try (Browser browser = started.get()) {
      browser.open(page, Look.DESKTOP);
      assertEquals("The journey of a token", browser.run("return document.title"));
      assertEquals(HOSTILE, browser.run("return journey.texts[0]"));
      assertEquals(HOSTILE, browser.run("return journey.model.name"));
      assertTrue(browser.text("#tokens [role=option]").startsWith("</script><script>"), "shown");
      assertEquals(0L, browser.run("return document.querySelectorAll('img').length"));
      assertEquals(List.of(), browser.errors());
    }
  }

  private static void write(Path folder, Path page) throws IOException {
    try (Model model = Model.load(folder)) {
      Journey journey = Report.ready(model.journey().prompt("The storm is").maxTokens(3)).run();
      Report.of(model, journey).named(HOSTILE).writeHtml(page);
    }
  }

  /** The demo model, but its special token is spelled otherwise. */
  private static Path hostileModel(Path folder) throws IOException {
    Path copy = DemoCopy.into(Files.createDirectory(folder.resolve("model")));
    StringBuilder escaped = new StringBuilder();
    HOSTILE.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
    for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
      Files.writeString(copy.resolve(name), Files.readString(copy.resolve(name)).replace("<|endoftext|>", escaped));
    }
    return copy;
  }
}
