package dev.sextant.examples.page;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A headless Chromium of the system, with the driver that comes with it. */
final class Browser implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts it; empty where the system has no Chromium or no driver. */
  static Optional<Browser> start() {
    Optional<File> chromium = onPath("chromium", "chromium-browser", "google-chrome");
    Optional<File> driver = onPath("chromedriver");
    if (chromium.isEmpty() || driver.isEmpty()) return Optional.empty();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.get());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--force-color-profile=srgb", "--lang=en-US");
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL", LogType.PERFORMANCE, "ALL"));
    ChromeDriverService service = ChromeDriverService.createDefaultService();
    service.setExecutable(driver.get().getPath());
    return Optional.of(new Browser(new ChromeDriver(service, options)));
  }

  private static Optional<File> onPath(String... names) {
    String path = System.getenv("PATH");
    return Stream.of(path == null ? new String[0] : path.split(File.pathSeparator))
        .flatMap(folder -> Stream.of(names).map(name -> new File(folder, name))).filter(File::canExecute).findFirst();
  }

  /** How wide the window is, how high, and which colours are preferred. */
  record Look(int width, int height, String scheme) {

    static final Look DESKTOP = new Look(1200, 900, "light");
    static final Look PHONE = new Look(360, 740, "light");

    Look dark() {
      return new Look(width, height, "dark");
    }
  }

  /** Opens a page from disk and waits until it says that it is ready. */
  void open(Path page, Look look) {
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
        List.of(Map.of("name", "prefers-color-scheme", "value", look.scheme))));
    driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", look.width, "height", look.height,
        "deviceScaleFactor", look.width < 600 ? 2 : 1, "mobile", look.width < 600));
    driver.get(URI.create("about:blank").toString());
    errors(); // of earlier pages
    requests();
    driver.get(page.toUri().toString());
    await("return document.documentElement.dataset.ready === 'true'");
  }

  /** Waits until a script returns true. */
  void await(String script) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Boolean.TRUE.equals(driver.executeScript(script))) {
      if (System.nanoTime() > end) throw new AssertionError("never became true: " + script + "\n" + errors());
      Thread.onSpinWait();
    }
  }

  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  String text(String selector) {
    return find(selector).getText();
  }

  /** Moves a slider as a hand would, and tells the page. */
  void slide(String selector, Object value) {
    driver.executeScript("const s = document.querySelector(arguments[0]); s.value = arguments[1];"
        + " s.dispatchEvent(new Event('input', {bubbles: true}))", selector, value);
  }

  /** What the console said since this was last asked: errors and warnings, broken policies too. */
  List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
  }

  /** What was asked for over any network, or from disk, since this was last asked. */
  List<String> requests() {
    List<String> requests = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      String message = entry.getMessage();
      if (!message.contains("\"Network.requestWillBeSent\"")) continue;
      String address = message.replaceAll("(?s).*\"documentURL\":\"[^\"]*\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\".*",
          "$1");
      requests.add(address);
    }
    return requests;
  }

  /** Keeps a picture of the whole page under target/screenshots. */
  void photograph(String name) throws IOException {
    Object height = driver.executeScript("return document.documentElement.scrollHeight");
    Object width = driver.executeScript("return innerWidth");
    Map<String, Object> picture = driver.executeCdpCommand("Page.captureScreenshot",
        Map.of("captureBeyondViewport", true,
            "clip", Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
    Files.createDirectories(SCREENSHOTS);
    Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode((String) picture.get("data")));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
