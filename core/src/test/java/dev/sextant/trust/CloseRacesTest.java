package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelClosedException;
import dev.sextant.Session;
import dev.sextant.WeightFormat;
import dev.sextant.explain.LensPlan;
import dev.sextant.testing.Folders;
import dev.sextant.testing.Held;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/** Closing while others are at work: they end with one exception that says so, and nothing is left. */
@Timeout(120)
class CloseRacesTest {
  private static final int ROUNDS = 25;
  private static final int USERS = 4;

  @TempDir
  Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = Folders.withTokenizer(temporary.resolve("model"));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertEquals(List.of(), Held.below(temporary));
  }

  /** What a user does again and again until the model is closed. */
  private interface Use {
    void of(Model model) throws Exception;
  }

  private void race(Use use) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Model model = Model.load(folder, LoadOptions.defaults().withThreads(1 + round % 3)
          .withWeights(round % 2 == 0 ? WeightFormat.AS_STORED : WeightFormat.Q8));
      CountDownLatch started = new CountDownLatch(USERS);
      AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
      List<Thread> users = new ArrayList<>();
      for (int i = 0; i < USERS; i++)
        users.add(Thread.ofPlatform().start(() -> untilClosed(model, use, started, wrong)));
      started.await();
      Thread second = Thread.ofPlatform().start(model::close);
      model.close();
      for (Thread user : users) user.join(10_000);
      second.join(10_000);
      assertNull(wrong.get());
      for (Thread user : users) assertTrue(!user.isAlive(), "hangs");
    }
  }

  private static void untilClosed(Model model, Use use, CountDownLatch started,
      AtomicReference<@Nullable Throwable> wrong) {
    try {
      while (true) {
        use.of(model);
        started.countDown();
      }
    } catch (ModelClosedException e) {
      started.countDown();
    } catch (Throwable e) {
      started.countDown();
      wrong.set(e);
    }
  }

  @Test
  void generating() throws Exception {
    race(model -> model.generate().prompt("abc").seed(1).maxTokens(5).run());
  }

  @Test
  void appendingAndAsking() throws Exception {
    race(model -> {
      try (Session session = model.session()) {
        session.append(new int[40]).distribution();
        session.truncate(3);
        session.append(1).distribution();
      }
    });
  }

  @Test
  void scoringAndWatching() throws Exception {
    race(model -> {
      model.score(1, 2, 3, 4);
      model.journey().ids(1, 2, 3).run();
    });
  }

  @Test
  void saving() throws Exception {
    AtomicReference<Integer> number = new AtomicReference<>(0);
    race(model -> model.save(temporary.resolve("saved-" + number.updateAndGet(n -> n + 1))));
    for (int i = 1; i <= number.get(); i++) {
      Path saved = temporary.resolve("saved-" + i);
      if (Files.exists(saved) && !isEmpty(saved)) Model.load(saved).close();
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  /** Closes the model; returns when that has begun, since it ends after the pass from which this is called. */
  private static void beginToClose(Model model) {
    Thread.ofPlatform().start(model::close);
    while (true) {
      try {
        model.session().close();
      } catch (ModelClosedException e) {
        return;
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void aSaveStopsAtItsNextPieceAndLeavesNothing() throws Exception {
    Model model = Model.load(folder);
    Path saved = temporary.resolve("saved");
    List<Double> told = new ArrayList<>();
    assertThrows(ModelClosedException.class, () -> model.save(saved, done -> {
      told.add(done);
      beginToClose(model);
    }));
    assertEquals(1, told.size());
    assertTrue(isEmpty(saved));
  }

  @Test
  void aScoringStopsBeforeItUnembedsFurther() {
    Model model = Model.load(folder);
    List<Integer> told = new ArrayList<>();
    assertThrows(ModelClosedException.class, () -> model.scoring().ids(new int[201]).run(prediction -> {
      if (told.isEmpty()) beginToClose(model);
      told.add(prediction.position());
    }));
    assertEquals(64, told.size(), "those that were unembedded together");
  }

  @Test
  void aLensStopsBeforeItReadsFurther() {
    Model model = Model.load(folder);
    int last = model.config().layers() - 1;
    List<Integer> passed = new ArrayList<>();
    assertThrows(ModelClosedException.class, () -> model.generate().ids(new int[200]).maxTokens(1)
        .observe(Set.of(Station.RESIDUAL_POST), (_, layer, _) -> {
          if (layer == last) beginToClose(model);
        }).promptProgress(passed::add).journey().lens(LensPlan.at(Positions.all())).run());
    assertEquals(List.of(), passed, "the lens reads before the pass is through");
  }

  @Test
  void closingFromInsideAPassIsRefused() {
    try (Model model = Model.load(folder); Session session = model.session()) {
      Runnable close = model::close;
      session.observe(Set.of(Station.EMBEDDING), (_, _, _) -> close.run());
      assertThrows(IllegalStateException.class, () -> session.append(1));
      assertThrows(IllegalStateException.class, () -> model.save(temporary.resolve("saved"), _ -> close.run()));
      assertThrows(IllegalStateException.class, () -> model.scoring().ids(1, 2).run(_ -> close.run()));
      assertEquals(model.config().vocabularySize(), model.nextTokenDistribution(1).vocabularySize());
    }
  }

  /** A pass that waits for another one, while the model is being closed behind both. */
  @Test
  void aPassInsideAPassDoesNotWaitForTheCloseThatWaitsForIt() throws Exception {
    Model model = Model.load(folder);
    Session session = model.session();
    AtomicReference<@Nullable Throwable> inner = new AtomicReference<>();
    CountDownLatch inside = new CountDownLatch(1);
    session.observe(Set.of(Station.EMBEDDING), (_, _, _) -> {
      inside.countDown();
      for (int i = 0; i < 200 && inner.get() == null; i++) {
        Thread other = Thread.ofPlatform().start(() -> {
          try {
            model.nextTokenDistribution(1);
          } catch (Throwable e) {
            inner.set(e);
          }
        });
        join(other);
      }
    });
    Thread outer = Thread.ofPlatform()
        .start(() -> assertThrows(ModelClosedException.class, () -> session.append(1)));
    inside.await();
    model.close();
    outer.join(10_000);
    assertTrue(!outer.isAlive(), "hangs");
    assertTrue(inner.get() instanceof ModelClosedException, String.valueOf(inner.get()));
  }

  @Test
  void aSessionClosedWhileItRuns() throws Exception {
    try (Model model = Model.load(folder)) {
      Session session = model.session();
      CountDownLatch inside = new CountDownLatch(1);
      session.observe(Set.of(Station.EMBEDDING), (_, _, _) -> inside.countDown());
      Thread running = Thread.ofPlatform().start(() -> session.append(new int[100]));
      inside.await();
      session.close();
      running.join(10_000);
      assertTrue(!running.isAlive(), "hangs");
      assertEquals(100, session.length());
      assertTrue(assertThrows(IllegalStateException.class, () -> session.append(1)).getMessage().contains("closed"));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
