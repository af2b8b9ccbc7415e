package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Journey;
import dev.sextant.JourneyPlan;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.TokenJourney;
import dev.sextant.testing.GoldenTensors;
import dev.sextant.testing.Json;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Change;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes made inside a pass, against the reference and against what they mean. */
class InterventionsTest {
  private static final int[] IDS = Golden.of("llama").prompt("p13");

  /** The golden analysis of one model. */
  private record Analysis(Golden golden, Json json, GoldenTensors tensors) {
    static Analysis of(String name) {
      Golden golden = Golden.of(name);
      return new Analysis(golden, Json.read(golden.folder().resolve("analysis.json")),
          GoldenTensors.read(golden.folder().resolve("analysis.safetensors")));
    }

    int number(String what, String key) {
      return json.get(what).get(key).integer();
    }

    void assertLogits(String tensor, JourneyPlan plan) {
      float[] found = plan.run().tokens().getFirst().distribution().logits();
      Golden.assertClose(tensor, tensors.doubles(tensor), Golden.doubles(found), golden.tolerance("logits_abs"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "qwen3"})
  void theReferenceSaysTheSameOfAChangedRun(String name) {
    Analysis analysis = Analysis.of(name);
    for (boolean vectorized : new boolean[] {true, false}) {
      try (Model model = analysis.golden.load(LoadOptions.defaults().withVectorized(vectorized))) {
        JourneyPlan plan = model.journey().ids(analysis.golden.prompt("p13"));
        analysis.assertLogits("ablate.logits_last", plan.change(Change.zero(Station.MIXED)
            .layers(analysis.number("ablate", "layer")).heads(analysis.number("ablate", "head"))));

        int layer = analysis.number("steer", "layer");
        float[] vector = analysis.tensors.floats("steer.vector");
        Change steer = Change.add(Station.RESIDUAL_POST, vector).layers(layer);
        analysis.assertLogits("steer.logits_last", plan.change(steer));
        analysis.assertLogits("steer_last_position.logits_last", plan.change(steer.positions(Positions.last())));
        analysis.assertLogits("steer_last_position.logits_last", plan.change(steer.positions(Positions.of(12))));
        patch(analysis, model, plan);
      }
    }
  }

  private static void patch(Analysis analysis, Model model, JourneyPlan plan) {
    int layer = analysis.number("patch", "layer");
    int position = analysis.number("patch", "position");
    CapturedRows donor = model.journey().ids(analysis.json.get("other_prompt").integers())
        .capture(Station.RESIDUAL_POST).layers(layer).positions(Positions.of(position)).run()
        .at(Station.RESIDUAL_POST, layer);
    Golden.assertClose("patch.donor", analysis.tensors.doubles("patch.donor"), Golden.doubles(donor.row(position)),
        analysis.golden.tolerance("hidden_abs"));
    analysis.assertLogits("patch.logits_last", plan.change(Change.patch(donor)));
    analysis.assertLogits("patch.logits_last", plan.change(Change.replace(Station.RESIDUAL_POST, donor.row(position))
        .layers(layer).positions(Positions.of(position))));
  }

  /** Patching in what was there, adding nothing, scaling by 1: every family, every station, every token the same bits. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "gpt_neox", "gemma3", "mixtral", "qwen3_moe", "olmo2", "phi"})
  void aChangeThatChangesNothingChangesNoBit(String name) {
    try (Model model = Golden.of(name).load(LoadOptions.defaults())) {
      JourneyPlan plan = model.generate().ids(5, 17, 60, 33, 2).endTokens().maxTokens(5).journey();
      Journey plain = plan.capture(CapturePlan.everything()).run();
      for (Station station : Station.values()) {
        if (!station.isChangeable()) continue;
        for (int layer : plain.captured().layers(station)) {
          if (station == Station.MLP_ACTIVATIONS && plain.captured().has(Station.EXPERTS, layer)) continue;
          CapturedRows rows = plain.at(station, layer);
          Change add = Change.add(station, new float[rows.row(0).length]);
          Change scale = Change.scale(station, 1);
          assertSameLogits(plain, plan.change(Change.patch(rows)).run());
          assertSameLogits(plain, plan.change(station.isInBlock() ? add.layers(layer) : add).run());
          assertSameLogits(plain, plan.change(station.isInBlock() ? scale.layers(layer) : scale).run());
        }
      }
    }
  }

  private static void assertSameLogits(Journey plain, Journey changed) {
    for (TokenJourney token : plain.tokens())
      assertArrayEquals(token.distribution().logits(), changed.tokens().get(token.index()).distribution().logits());
  }

  /** Every changeable station matters: 0 there is seen in what comes later, and in what is captured there. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "gpt_neox", "gemma3", "qwen3_moe"})
  void aZeroIsCapturedAndFelt(String name) {
    try (Model model = Golden.of(name).load(LoadOptions.defaults())) {
      JourneyPlan plan = model.journey().ids(Golden.of(name).prompt("p13"));
      float[] plain = plan.run().tokens().getFirst().distribution().logits();
      for (Station station : Station.values()) {
        if (!station.isChangeable() || station == Station.RESIDUAL_MID && name.equals("gpt_neox")) continue;
        Change zero = Change.zero(station).positions(Positions.of(4, 12));
        if (station.isInBlock()) zero = zero.layers(1); // a plain MLP in all of these
        Journey changed = plan.capture(station).change(zero).run();
        CapturedRows rows = changed.at(station, station.isInBlock() ? 1 : 0);
        for (int p : new int[] {4, 12}) assertArrayEquals(new float[rows.row(p).length], rows.row(p));
        assertFalse(Arrays.equals(new float[rows.row(5).length], rows.row(5)));
        assertFalse(Arrays.equals(plain, changed.tokens().getFirst().distribution().logits()), station.name());
      }
    }
  }

  /** The last position is that of each token in turn; what was steered before stays in the keys and values. */
  @Test
  void aChangeGoesOnWhileGenerating() {
    try (Model model = Golden.of("llama").load(LoadOptions.defaults())) {
      float[] vector = new float[32];
      Arrays.fill(vector, 0.5f);
      Change steer = Change.add(Station.RESIDUAL_PRE, vector).layers(1);
      JourneyPlan plan = model.generate().ids(IDS).endTokens().maxTokens(8).journey().capture(Station.RESIDUAL_PRE);
      Journey last = plan.change(steer.positions(Positions.last())).run();
      Journey listed = plan.change(steer.positions(Positions.of(12, 13, 14, 15, 16, 17, 18, 19))).run();
      Journey from = plan.change(steer.positions(Positions.from(12))).run();
      assertSameLogits(last, listed);
      assertSameLogits(last, from);
      for (int p = 0; p < 20; p++) {
        float[] before = last.at(Station.RESIDUAL_PRE, 1).row(p);
        Journey plain = model.journey().ids(Arrays.copyOf(last.ids(), 20)).maxTokens(0)
            .capture(Station.RESIDUAL_POST).run();
        if (p < 12) assertArrayEquals(plain.at(Station.RESIDUAL_POST, 0).row(p), before, 1e-5f);
        else assertEquals(plain.at(Station.RESIDUAL_POST, 0).get(p, 7) + 0.5f, before[7], 1e-5f);
      }
    }
  }

  @Test
  void headsAreChangedOneByOne() {
    try (Model model = Golden.of("llama").load(LoadOptions.defaults())) {
      JourneyPlan plan = model.journey().ids(IDS).capture(Station.MIXED, Station.KEYS);
      Journey plain = plan.run();
      float[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
      Journey changed = plan.change(Change.replace(Station.MIXED, ones).heads(1, 2).layers(0),
          Change.scale(Station.MIXED, 3).heads(3).layers(0), Change.zero(Station.KEYS).heads(3).layers(0)).run();
      CapturedRows mixed = changed.at(Station.MIXED, 0);
      assertArrayEquals(plain.at(Station.MIXED, 0).row(4, 0), mixed.row(4, 0));
      assertArrayEquals(ones, mixed.row(4, 1));
      assertArrayEquals(ones, mixed.row(4, 2));
      assertArrayEquals(plain.at(Station.KEYS, 0).row(4, 0), changed.at(Station.KEYS, 0).row(4, 0));
      assertArrayEquals(new float[8], changed.at(Station.KEYS, 0).row(4, 1)); // heads 2 and 3 read it
      assertEquals(2, changed.changes().get(1).station() == Station.MIXED ? 2 : 0);
    }
  }

  @Test
  void aPatchOfSomeHeadsConcernsThese() {
    try (Model model = Golden.of("llama").load(LoadOptions.defaults())) {
      CapturedRows donor = model.journey().ids(Golden.of("llama").prompt("p7")).capture(Station.MIXED).layers(0)
          .heads(1).positions(Positions.of(2)).run().at(Station.MIXED, 0);
      JourneyPlan plan = model.journey().ids(IDS).capture(Station.MIXED);
      Journey plain = plan.run();
      Journey patched = plan.change(Change.patch(donor)).run();
      assertArrayEquals(donor.row(2, 1), patched.at(Station.MIXED, 0).row(2, 1));
      assertArrayEquals(plain.at(Station.MIXED, 0).row(2, 0), patched.at(Station.MIXED, 0).row(2, 0));
      assertArrayEquals(plain.at(Station.MIXED, 0).row(3, 1), patched.at(Station.MIXED, 0).row(3, 1));
      assertRefused("head 0", plan.change(Change.patch(donor).heads(0)));
      assertRefused("position 0", plan.change(Change.patch(donor).positions(Positions.all())));
    }
  }

  /** A patch from another position does what putting that row in place does: in the prompt, and while generating. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "gemma3", "qwen3_moe"})
  void aPatchMayComeFromAnotherPosition(String name) {
    try (Model model = Golden.of(name).load(LoadOptions.defaults())) {
      int[] ids = Golden.of(name).prompt("p13");
      Journey other = model.journey().ids(9, 4, 11).capture(Station.RESIDUAL_POST, Station.MIXED, Station.EMBEDDING)
          .run();
      JourneyPlan plan = model.generate().ids(ids).endTokens().maxTokens(3).journey();
      Journey plain = plan.run();
      for (Station station : List.of(Station.RESIDUAL_POST, Station.MIXED, Station.EMBEDDING)) {
        CapturedRows donor = other.at(station, 0);
        for (Positions positions : List.of(Positions.of(ids.length - 1), Positions.last())) {
          Change patch = Change.patch(donor, 1).positions(positions);
          Change replace = Change.replace(station, donor.row(1)).positions(positions);
          Journey patched = plan.change(patch).capture(station).run();
          assertSameLogits(plan.change(station.isInBlock() ? replace.layers(0) : replace).run(), patched);
          assertArrayEquals(donor.row(1), patched.at(station, 0).row(ids.length - 1));
          assertFalse(Arrays.equals(plain.tokens().getFirst().distribution().logits(),
              patched.tokens().getFirst().distribution().logits()), "it is felt");
        }
      }
      Change head = Change.patch(other.at(Station.MIXED, 0), 2).heads(1).layers(1).positions(Positions.of(3));
      Journey patched = plan.change(head).capture(Station.MIXED).run();
      assertArrayEquals(other.at(Station.MIXED, 0).row(2, 1), patched.at(Station.MIXED, 1).row(3, 1));
      assertTrue(head.label().startsWith("patched from another run's position 2 at MIXED, layer 2, head 2"),
          head.label());
      assertTrue(assertThrows(InvalidArgumentException.class, () -> Change.patch(other.at(Station.MIXED, 0), 3))
          .getMessage().contains("position 3 was not captured"));
      assertRefused("position 15", plan.change(Change.patch(other.at(Station.MIXED, 0), 1)
          .positions(Positions.of(3, ids.length + 2))));
    }
  }

  @Test
  void changesThatDoNotFitAreRefusedByName() {
    try (Model llama = Golden.of("llama").load(LoadOptions.defaults());
        Model neox = Golden.of("gpt_neox").load(LoadOptions.defaults());
        Model mixture = Golden.of("mixtral").load(LoadOptions.defaults())) {
      JourneyPlan plan = llama.journey().ids(IDS);
      assertRefused("length 5", plan.change(Change.add(Station.RESIDUAL_POST, new float[5])));
      assertRefused("width of a head", plan.change(Change.replace(Station.MIXED, new float[32]).heads(0)));
      assertRefused("layer 3", plan.change(Change.zero(Station.MLP_WRITE).layers(3)));
      assertRefused("head 4", plan.change(Change.zero(Station.MIXED).heads(4)));
      assertRefused("position 13", plan.change(Change.zero(Station.MIXED).positions(Positions.of(13))));
      assertRefused("layer 0", neox.journey().ids(1).change(Change.zero(Station.RESIDUAL_MID)));
      assertRefused("mixture", mixture.journey().ids(1).change(Change.zero(Station.MLP_ACTIVATIONS)));
      CapturedRows foreign = neox.journey().ids(1).capture(Station.EMBEDDING).run().at(Station.EMBEDDING);
      assertRefused("width 36", plan.change(Change.patch(foreign)));
    }
    assertThrows(InvalidArgumentException.class, () -> Change.zero(Station.PROBABILITIES));
    assertThrows(InvalidArgumentException.class, () -> Change.zero(Station.MLP_WRITE).heads(1));
    assertThrows(InvalidArgumentException.class, () -> Change.zero(Station.EMBEDDING).layers(1));
    assertThrows(InvalidArgumentException.class, () -> Change.scale(Station.MIXED, Double.NaN));
    assertThrows(InvalidArgumentException.class, () -> Change.add(Station.MIXED, new float[] {1, Float.NaN}));
  }

  private static void assertRefused(String named, JourneyPlan plan) {
    String message = assertThrows(InvalidArgumentException.class, plan::run).getMessage();
    assertTrue(message.contains(named), message);
  }
}
