package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.trace.Station;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The station of the router, in models with experts and without. */
class MixtureTest {
  private static final int PROMPT = 13;

  @ParameterizedTest
  @ValueSource(strings = {"mixtral", "qwen3_moe"})
  void theRoutersProbabilitiesSumToOne(String name) {
    Golden golden = Golden.of(name);
    int experts = name.equals("mixtral") ? 4 : 6;
    try (Model model = golden.load(LoadOptions.defaults())) {
      Trace trace = Trace.of(model, golden.prompt("p13"), Station.ROUTER);
      float[] probabilities = trace.at(Station.ROUTER, 0);
      assertEquals(PROMPT * experts, probabilities.length);
      for (int t = 0; t < PROMPT; t++) {
        double sum = 0;
        for (int e = 0; e < experts; e++) sum += probabilities[t * experts + e];
        assertEquals(1, sum, 1e-6);
      }
    }
  }

  @Test
  void theRouterSaysTheSameToATokenAloneAndInAPrompt() {
    Golden golden = Golden.of("mixtral");
    try (Model model = golden.load(LoadOptions.defaults())) {
      Trace whole = Trace.of(model, golden.prompt("p13"), Station.ROUTER);
      float[] perToken = new float[whole.at(Station.ROUTER, 1).length];
      try (Session session = model.session()) {
        session.observe(Set.of(Station.ROUTER), (_, layer, rows) -> {
          if (layer == 1) System.arraycopy(rows.copyRow(0), 0, perToken, rows.firstPosition() * 4, 4);
        });
        for (int id : golden.prompt("p13")) session.append(id);
      }
      assertArrayEquals(whole.at(Station.ROUTER, 1), perToken, 1e-5f);
    }
  }

  @Test
  void aDenseLayerHasNoRouter() {
    Golden golden = Golden.of("qwen3_moe");
    try (Model model = golden.load(LoadOptions.defaults())) {
      Trace trace = Trace.of(model, golden.prompt("p13"), Station.ROUTER, Station.MLP_WRITE);
      assertTrue(trace.rows().containsKey(new Trace.Key(Station.ROUTER, 0)));
      assertFalse(trace.rows().containsKey(new Trace.Key(Station.ROUTER, 1)));
      assertTrue(trace.rows().containsKey(new Trace.Key(Station.MLP_WRITE, 1)));
    }
  }
}
