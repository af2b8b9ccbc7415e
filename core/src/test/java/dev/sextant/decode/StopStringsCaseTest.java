package dev.sextant.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import dev.sextant.testing.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stop strings that span tokens. */
class StopStringsCaseTest {
  static List<Json> checks() {
    return Json.read(Path.of("src/test/resources/cases/08-stop-strings/expected.json")).get("checks").list();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void stopsWhereTheCaseSays(Json check) {
    Json expect = check.get("expect");
    if (expect.has("error")) assertFails(check);
    else assertStops(expect, check);
  }

  private static void assertStops(Json expect, Json check) {
    StopMatcher matcher = StopStrings.of(check.get("stop").texts()).matcher();
    List<String> emitted = new ArrayList<>();
    for (String piece : check.get("pieces").texts()) if (!matcher.stopped()) emitted.add(matcher.accept(piece));
    String end = matcher.end();
    assertEquals(expect.get("emitted").texts(), emitted);
    assertEquals(expect.get("text").text(), String.join("", emitted) + end);
    assertEquals(expect.get("tokens").integer(), emitted.size());
    assertEquals(expect.get("finish").text(), matcher.stopped() ? "stop" : "length");
    if (expect.has("end")) assertEquals(expect.get("end").text(), end);
    if (expect.has("stop")) assertEquals(expect.get("stop").text(), matcher.matched());
  }

  private static void assertFails(Json check) {
    Exception e = assertThrows(InvalidArgumentException.class, () -> StopStrings.of(check.get("stop").texts()));
    for (String mention : check.get("expect").get("mentions").texts())
      assertTrue(e.getMessage().contains(mention), e.getMessage());
  }
}
