package dev.sextant.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.explain.Part;
import dev.sextant.explain.Vote;
import org.junit.jupiter.api.Test;

/** Programs count layers and heads from 0, texts for people from 1. */
class LabelsTest {
  @Test
  void changesSayWhatTheyDoAndWhere() {
    Change silent = Change.zero(Station.MIXED).layers(2).heads(0, 3).positions(Positions.of(7));
    assertEquals("set to 0 at MIXED, layer 3, heads 1, 4, positions: 7", silent.label());
    assertEquals("set to 0 at MIXED, layer 2, heads 0, 3, positions: 7", silent.toString());
    assertEquals("times 0.5 at MLP_WRITE, all layers, all positions", Change.scale(Station.MLP_WRITE, 0.5).label());
    assertEquals("a vector added at RESIDUAL_PRE, layers 1, 2, positions: last",
        Change.add(Station.RESIDUAL_PRE, new float[4]).layers(1, 0).positions(Positions.last()).label());
    assertEquals("replaced at MIXED, all layers, all heads, all positions",
        Change.replace(Station.MIXED, new float[4]).label());
  }

  @Test
  void plansSayWhatTheyCapture() {
    CapturePlan plan = CapturePlan.of(Station.KEYS).heads(1);
    assertEquals("CapturePlan{KEYS=all layers, head 1, all positions}", plan.toString());
  }

  @Test
  void partsOfAModelCountFromOne() {
    assertEquals("layer 2, head 4", new Part.Head(1, 3).label());
    assertEquals("+0.25 layer 1, MLP", new Vote(new Part.Mlp(0), 0.25).toString());
    assertEquals("layer 3, attention bias", new Part.AttentionBias(2).label());
  }
}
