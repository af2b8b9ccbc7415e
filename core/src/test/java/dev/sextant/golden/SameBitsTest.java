package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.JourneyPlan;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.TokenJourney;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.Positions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Looking on changes no bit: every family, vector and scalar, whole prompts, prompts in pieces, and token by token. */
class SameBitsTest {
  static Stream<Arguments> models() {
    return GoldenTest.NAMES.stream().flatMap(name -> Stream.of(Arguments.of(name, true), Arguments.of(name, false)));
  }

  @ParameterizedTest(name = "{0}, vectorized {1}")
  @MethodSource("models")
  void aCapturedRunHasTheBitsOfAPlainOne(String name, boolean vectorized) {
    Golden golden = Golden.of(name);
    try (Model model = golden.load(LoadOptions.defaults().withVectorized(vectorized))) {
      for (String prompt : List.of("p1", "p13", "p29")) assertSameBits(model, golden.prompt(prompt), 6);
    }
  }

  @ParameterizedTest(name = "{0}, vectorized {1}")
  @MethodSource("models")
  void soHasOneInPieces(String name, boolean vectorized) {
    if (name.startsWith("gpt2") || name.equals("phi3-longrope-crossing")) return; // cannot be that long
    int[] ids = new Random(3).ints(530, 0, 90).toArray();
    try (Model model = Golden.of(name).load(LoadOptions.defaults().withVectorized(vectorized).withContextLength(600))) {
      assertSameBits(model, ids, 2);
    }
  }

  private static void assertSameBits(Model model, int[] ids, int count) {
    JourneyPlan plan = model.generate().ids(ids).endTokens().maxTokens(count).journey();
    for (CapturePlan capture : List.of(CapturePlan.nothing(), CapturePlan.everything(),
        CapturePlan.everything().positions(Positions.last()))) {
      try (Session plain = model.session()) {
        plain.append(ids);
        for (TokenJourney token : plan.capture(capture).run().tokens()) {
          assertArrayEquals(plain.distribution().logits(), token.distribution().logits());
          assertEquals(plain.distribution().argmax(), token.id());
          if (token.index() + 1 < count) plain.append(token.id());
        }
      }
    }
  }
}
