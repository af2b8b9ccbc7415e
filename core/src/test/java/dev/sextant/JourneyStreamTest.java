package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A long stream of journeys keeps nothing of those that were told. */
class JourneyStreamTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/models/llama");
  private static final int TOKENS = 5000;

  @Test
  void fiveThousandTokensLeaveTheHeapFlat() {
    try (Model model = Model.load(FOLDER, LoadOptions.defaults().withContextLength(TOKENS + 10))) {
      JourneyPlan plan = model.generate().ids(3, 1, 4).endTokens().maxTokens(TOKENS).seed(1).journey()
          .capture(CapturePlan.everything().positions(Positions.last()));
      long cache = model.session().cacheBytes(TOKENS) - model.session().cacheBytes(TOKENS / 5);
      long[] used = new long[2];
      long[] told = new long[1];
      assertEquals(StopReason.LENGTH, plan.stream(token -> {
        told[0] += token.bytes();
        if (token.index() == TOKENS / 5) used[0] = usedHeap();
        if (token.index() == TOKENS - 1) used[1] = usedHeap();
      }));
      assertEquals(plan.forecast(3, TOKENS).bytes(), told[0]); // of which nearly all would be held by a run
      long grown = used[1] - used[0];
      assertTrue(grown < cache + (8 << 20), grown + " bytes more after " + TOKENS + " tokens, of " + told[0] + " told");
      assertTrue(told[0] > 20 * (cache + (8 << 20)), "keeping them would show");
    }
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) { // one collection may leave what another finds
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
