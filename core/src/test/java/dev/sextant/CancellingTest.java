package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.explain.LensPlan;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancelling, interrupting and closing, before and between the tokens and while the prompt is read. */
class CancellingTest {
  private static final int LAYERS = 3;
  private static final int[] SHORT = {7, 98, 97};
  private static final int[] LONG = IntStream.range(0, 1300).map(i -> (i * 37 + i / 7) % 97).toArray();
  private static Model model;

  @BeforeAll
  static void load() {
    model = Model.load(Path.of("src/test/resources/golden/models/llama"),
        LoadOptions.defaults().withContextLength(2000));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @AfterEach
  void nobodyIsInterrupted() {
    assertFalse(Thread.interrupted());
  }

  private static Generate generate(int... ids) {
    return model.generate().ids(ids).endTokens().maxTokens(8);
  }

  /** True when it is asked for the k-th time, and then, or only then. */
  private static final class AtCall implements BooleanSupplier {
    private final int k;
    private final boolean once;
    private int asked;

    AtCall(int k, boolean once) {
      this.k = k;
      this.once = once;
    }

    @Override
    public boolean getAsBoolean() {
      asked++;
      return asked == k || !once && asked > k;
    }
  }

  /** It is asked before the prompt, before each of its blocks, and before each further token. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whicheverCallSaysSo(boolean once) {
    int[] all = generate(SHORT).run().ids();
    for (int k = 1; k <= LAYERS + all.length; k++) {
      int[] expected = IntStream.of(all).limit(Math.max(0, k - 1 - LAYERS)).toArray();
      AtCall[] calls = new AtCall[5];
      for (int form = 0; form < calls.length; form++) calls[form] = new AtCall(k, once);
      Generation run = generate(SHORT).cancelWhen(calls[0]).run();
      assertEquals(StopReason.CANCELLED, run.stopReason());
      assertArrayEquals(expected, run.ids());
      assertArrayEquals(expected,
          generate(SHORT).cancelWhen(calls[1]).stream().mapToInt(GeneratedToken::id).toArray());
      Journey journey = generate(SHORT).cancelWhen(calls[2]).journey().why().run();
      assertEquals(StopReason.CANCELLED, journey.generation().stopReason());
      assertArrayEquals(expected, journey.generation().ids());
      List<Integer> told = new ArrayList<>();
      assertEquals(StopReason.CANCELLED,
          generate(SHORT).cancelWhen(calls[3]).journey().stream(token -> told.add(token.id())));
      assertEquals(IntStream.of(expected).boxed().toList(), told);
      assertArrayEquals(expected,
          generate(SHORT).cancelWhen(calls[4]).journey().stream().mapToInt(TokenJourney::id).toArray());
      for (AtCall call : calls) assertEquals(k, call.asked, "nobody asks again after a yes");
    }
  }

  @Test
  void whatHasNextHasPromisedComes() {
    boolean[] cancelled = {false};
    Iterator<GeneratedToken> tokens = generate(SHORT).cancelWhen(() -> cancelled[0]).stream().iterator();
    assertTrue(tokens.hasNext());
    cancelled[0] = true;
    assertTrue(tokens.hasNext());
    assertEquals(0, tokens.next().index());
    assertFalse(tokens.hasNext());
    assertThrows(NoSuchElementException.class, tokens::next);
  }

  /** What it is that comes when the first 512 tokens have passed. */
  private static void assertEndsInPrompt(Generate generate, Consumer<Integer> event) {
    List<Integer> progress = new ArrayList<>();
    Generation generation = generate.promptProgress(read -> {
      progress.add(read);
      event.accept(read);
    }).run();
    assertEquals(StopReason.CANCELLED, generation.stopReason());
    assertEquals(List.of(), generation.tokens());
    assertEquals("", generation.text());
    assertEquals(List.of(512), progress);
  }

  @Test
  void aLongPromptIsBrokenOffBetweenItsPieces() {
    boolean[] cancelled = {false};
    assertEndsInPrompt(generate(LONG).cancelWhen(() -> cancelled[0]), _ -> cancelled[0] = true);
    cancelled[0] = false;
    assertEndsInPrompt(generate(LONG).maxTokens(0).cancelWhen(() -> cancelled[0]), _ -> cancelled[0] = true);
  }

  @Test
  void anInterruptBreaksALongPromptOffAndTheFlagStays() {
    assertEndsInPrompt(generate(LONG), _ -> Thread.currentThread().interrupt());
    assertTrue(Thread.interrupted());
  }

  @Test
  void aPieceIsBrokenOffBetweenItsBlocks() {
    List<Integer> passed = new ArrayList<>();
    boolean[] cancelled = {false};
    Generation generation = generate(LONG).cancelWhen(() -> cancelled[0])
        .observe(Set.of(Station.RESIDUAL_POST), (_, layer, _) -> {
          passed.add(layer);
          cancelled[0] = passed.size() == LAYERS + 2;
        }).run();
    assertEquals(StopReason.CANCELLED, generation.stopReason());
    assertEquals(List.of(0, 1, 2, 0, 1), passed, "the second piece ends behind its second block");
  }

  @Test
  void closingAStreamFromAnotherThreadEndsItWhileThePromptIsRead() {
    List<Integer> progress = new ArrayList<>();
    List<Stream<?>> streams = new ArrayList<>();
    Generate generate = generate(LONG).promptProgress(read -> {
      progress.add(read);
      CompletableFuture.runAsync(streams.getLast()::close, Thread.ofPlatform()::start).join();
    });
    streams.add(generate.stream());
    assertEquals(0, streams.getLast().count());
    streams.add(generate.journey().capture(CapturePlan.everything().positions(Positions.last())).stream());
    assertEquals(0, streams.getLast().count());
    assertEquals(List.of(512, 512), progress);
  }

  @Test
  void aJourneyWhosePromptWasBrokenOffHasKeptNothing() {
    int[] asked = {0};
    Journey journey = generate(LONG).cancelWhen(() -> ++asked[0] == LAYERS + 3).journey().capture(Station.MIXED)
        .lens(LensPlan.at(Positions.all())).run();
    assertEquals(StopReason.CANCELLED, journey.generation().stopReason());
    assertEquals(List.of(), journey.tokens());
    assertEquals(Set.of(), journey.captured().stations());
    assertEquals(List.of(), journey.lenses());
  }

  /** A text that has outgrown its rotary frequencies passes again before a later token; that is broken off, too. */
  @Test
  void aTextThatPassesAgainIsBrokenOffAndWhatWasDecidedStays() {
    try (Model other = Model.load(Path.of("src/test/resources/golden/models/phi3-longrope-crossing"))) {
      List<Integer> again = new ArrayList<>();
      JourneyPlan plan = other.generate().ids(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).endTokens().maxTokens(25)
          .cancelWhen(() -> !again.isEmpty()).observe(Set.of(Station.RESIDUAL_POST), (_, layer, rows) -> {
            if (layer == 0 && rows.rows() > 10) again.add(rows.rows());
          }).journey().capture(Station.MIXED).lens(LensPlan.at(Positions.all()));
      Journey journey = plan.run();
      assertEquals(StopReason.CANCELLED, journey.generation().stopReason());
      assertEquals(1, again.size());
      assertEquals(again.getFirst(), journey.ids().length, "all of them had to pass again");
      again.clear();
      Journey same = plan.maxTokens(journey.tokens().size()).run();
      assertEquals(same.generation().tokens(), journey.generation().tokens());
      assertEquals(same.bytes(), journey.bytes());
      assertEquals(same.lenses().toString(), journey.lenses().toString());
    }
  }

  @Test
  void sessionsPayNoHeedToAnInterrupt() {
    try (Session session = model.session()) {
      float[] right = model.nextTokenDistribution(LONG).logits();
      Thread.currentThread().interrupt();
      session.append(LONG, _ -> Thread.currentThread().interrupt());
      assertArrayEquals(right, session.distribution().logits());
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void whatTheProgressThrowsEndsAnAppendAndLeavesTheTextAsItWas() {
    try (Session session = model.session().append(SHORT)) {
      float[] before = session.distribution().logits();
      RuntimeException enough = new RuntimeException("enough");
      assertEquals(enough, assertThrows(RuntimeException.class, () -> session.append(LONG, _ -> {
        throw enough;
      })));
      assertArrayEquals(SHORT, session.ids());
      assertArrayEquals(before, session.distribution().logits(), 2e-5f);
      assertArrayEquals(model.nextTokenDistribution(7, 98, 97, 5).logits(), session.append(5).distribution().logits(),
          2e-5f);
    }
  }

  /** Where no token is wanted, all three let the prompt pass, and say so to whoever looks on. */
  @Test
  void noTokenAtAll() {
    List<Integer> seen = new ArrayList<>();
    List<Integer> progress = new ArrayList<>();
    Generate none = generate(SHORT).maxTokens(0).promptProgress(progress::add).observe(Set.of(Station.FINAL_NORM),
        (_, _, rows) -> seen.add(rows.rows()));
    Generation generation = none.run();
    assertEquals(StopReason.LENGTH, generation.stopReason());
    assertEquals(List.of(), generation.tokens());
    assertTrue(generation.timings().prompt().isPositive());
    assertEquals(0, none.stream().count());
    Journey journey = none.journey().capture(Station.FINAL_NORM).run();
    assertEquals(StopReason.LENGTH, journey.generation().stopReason());
    assertArrayEquals(new int[] {0, 1, 2}, journey.at(Station.FINAL_NORM).positions());
    assertEquals(0, none.journey().stream().count());
    assertEquals(StopReason.LENGTH, none.journey().stream(_ -> seen.add(-1)));
    assertEquals(List.of(3, 3, 3, 3, 3), seen);
    assertEquals(seen, progress);
  }
}
