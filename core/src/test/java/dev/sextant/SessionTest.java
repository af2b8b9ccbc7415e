package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.trace.LiveRows;
import dev.sextant.trace.Station;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that grows and is cut back. */
class SessionTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/models/llama");
  private static final int[] IDS = {7, 98, 97, 68, 22, 26, 28, 91, 51, 19, 23, 25, 8};

  @Test
  void cuttingBackAndGoingOnIsAsIfTheRestHadNeverBeenThere() {
    try (Model model = Model.load(FOLDER); Session session = model.session(); Session plain = model.session()) {
      session.append(IDS).append(1, 2, 3).truncate(IDS.length);
      plain.append(IDS);
      assertArrayEquals(IDS, session.ids());
      assertArrayEquals(plain.distribution().logits(), session.distribution().logits(), 2e-5f);
      assertArrayEquals(plain.append(4).distribution().logits(), session.append(4).distribution().logits(), 2e-5f);
    }
  }

  @Test
  void truncatingToNothingStartsAfresh() {
    try (Model model = Model.load(FOLDER); Session session = model.session()) {
      session.append(1, 2, 3).truncate(0);
      assertThrows(IllegalStateException.class, session::distribution);
      assertArrayEquals(model.nextTokenDistribution(IDS).logits(), session.append(IDS).distribution().logits());
      assertThrows(InvalidArgumentException.class, () -> session.truncate(IDS.length + 1));
    }
  }

  @Test
  void aRefusedAppendChangesNothing() {
    try (Model model = Model.load(FOLDER); Session session = model.session().append(IDS)) {
      float[] before = session.distribution().logits();
      assertThrows(ContextLimitException.class, () -> session.append(new int[128]));
      assertThrows(InvalidArgumentException.class, () -> session.append(1, 112));
      assertThrows(InvalidArgumentException.class, session::append);
      assertEquals(IDS.length, session.length());
      assertArrayEquals(before, session.distribution().logits());
    }
  }

  /** After a cut the last token has to pass again; if that fails, it is not lost. */
  @ParameterizedTest
  @ValueSource(ints = {1, 13})
  void aTextKeepsItsLastTokenWhereThatFailedToPassAgain(int length) {
    int[] ids = Arrays.copyOf(IDS, length);
    try (Model model = Model.load(FOLDER); Session session = model.session().append(ids).append(4)) {
      session.truncate(length);
      session.observe(Set.of(Station.RESIDUAL_POST), (_, layer, _) -> {
        if (layer == 1) throw new IllegalStateException("no more");
      });
      assertThrows(IllegalStateException.class, session::distribution);
      assertThrows(IllegalStateException.class, session::distribution, "again, and for the same reason");
      assertArrayEquals(ids, session.ids());
      session.observe(Set.of(), (_, _, _) -> {});
      assertArrayEquals(model.nextTokenDistribution(ids).logits(), session.distribution().logits(), 2e-5f);
      assertArrayEquals(ids, session.ids());
      int[] more = Arrays.copyOf(ids, length + 1);
      more[length] = 9;
      assertArrayEquals(model.nextTokenDistribution(more).logits(), session.append(9).distribution().logits(), 2e-5f);
    }
  }

  @Test
  void theLensOfTheLastResidualIsWhatTheModelSays() {
    try (Model model = Model.load(FOLDER); Session session = model.session()) {
      List<float[]> rows = new ArrayList<>();
      session.observe(Set.of(Station.RESIDUAL_POST), (_, layer, live) -> {
        if (layer == model.config().layers() - 1) rows.add(live.copyRow(live.rows() - 1));
      });
      float[] said = session.append(IDS).distribution().logits();
      assertArrayEquals(said, model.lens(rows.getFirst()).logits());
      assertThrows(InvalidArgumentException.class, () -> model.lens(new float[3]));
    }
  }

  @Test
  void watchingChangesNoBit() {
    try (Model model = Model.load(FOLDER); Session watched = model.session(); Session plain = model.session()) {
      List<LiveRows> seen = new ArrayList<>();
      watched.observe(Set.of(Station.values()), (_, _, rows) -> seen.add(rows));
      assertArrayEquals(plain.append(IDS).append(5).distribution().logits(),
          watched.append(IDS).append(5).distribution().logits());
      assertEquals(2 * (3 * 15 + 3), seen.size());
    }
  }

  @Test
  void aLongPromptPassesInPiecesAndGivesTheSameNumbers() {
    int[] ids = new int[1300];
    for (int i = 0; i < ids.length; i++) ids[i] = (i * 37 + i / 7) % 112;
    try (Model model = Model.load(FOLDER, LoadOptions.defaults().withContextLength(2000));
        Session whole = model.session();
        Session pieces = model.session()) {
      List<Integer> progress = new ArrayList<>();
      whole.append(ids, progress::add);
      assertEquals(List.of(512, 1024, 1300), progress);
      for (int from = 0; from < ids.length; from += 100)
        pieces.append(java.util.Arrays.copyOfRange(ids, from, from + 100));
      assertArrayEquals(whole.distribution().logits(), pieces.distribution().logits(), 2e-5f);
    }
  }

  @Test
  void aCacheInBf16TakesLessAndSaysAlmostTheSame() {
    int[] ids = java.util.stream.IntStream.range(0, 40).toArray();
    LoadOptions options = LoadOptions.defaults();
    try (Model exact = Model.load(FOLDER, options);
        Model rounded = Model.load(FOLDER, options.withCache(CacheFormat.BF16));
        Session a = exact.session().append(ids);
        Session b = rounded.session().append(ids)) {
      assertTrue(b.cacheBytes(1024) < a.cacheBytes(1024), "half, but for what fills up these narrow heads");
      double[] p = a.distribution().probabilities();
      double[] q = b.distribution().probabilities();
      double distance = 0;
      for (int i = 0; i < p.length; i++) distance += Math.abs(p[i] - q[i]) / 2;
      assertTrue(distance > 0 && distance < 0.01, "total variation: " + distance);
    }
  }

  @Test
  void theCacheHasAKnownSize() {
    try (Model model = Model.load(FOLDER); Session session = model.session()) {
      long floats = 2L * model.config().layers() * model.config().keyValueHeads() * model.config().headWidth() * 1024;
      assertEquals(true, session.cacheBytes(1024) >= floats * Float.BYTES, "at least the numbers themselves");
      assertEquals(true, session.cacheBytes(1024) <= 4 * floats * Float.BYTES, "and little more");
    }
  }

  @Test
  void whoUsesItIsNamed() throws InterruptedException {
    try (Model model = Model.load(FOLDER); Session session = model.session()) {
      List<IllegalStateException> refused = new ArrayList<>();
      Thread[] other = new Thread[1];
      session.observe(Set.of(Station.EMBEDDING), (_, _, _) -> {
        other[0] = Thread.ofVirtual().start(() -> {
          try {
            session.truncate(0);
          } catch (IllegalStateException e) {
            refused.add(e);
          }
        });
        join(other[0]);
      });
      Thread virtual = Thread.ofVirtual().start(() -> session.append(1));
      virtual.join();
      assertEquals(1, refused.size());
      assertTrue(refused.getFirst().getMessage().startsWith("the session is in use by VirtualThread["),
          refused.getFirst().getMessage());
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anObserverThatCallsItIsToldSo() {
    try (Model model = Model.load(FOLDER); Session session = model.session()) {
      session.observe(Set.of(Station.EMBEDDING), (_, _, _) -> session.append(1));
      IllegalStateException error = assertThrows(IllegalStateException.class, () -> session.append(1));
      assertTrue(error.getMessage().contains("from inside one of its own passes"), error.getMessage());
    }
  }
}
