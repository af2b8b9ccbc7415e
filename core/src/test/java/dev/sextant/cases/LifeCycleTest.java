package dev.sextant.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.GeneratedToken;
import dev.sextant.Generation;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelClosedException;
import dev.sextant.SextantException;
import dev.sextant.Session;
import dev.sextant.StopReason;
import dev.sextant.testing.Json;
import dev.sextant.trace.Station;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads, closing, cancelling, and files that change: the scenarios of {@code cases/14-life-cycle}. */
@Timeout(120)
class LifeCycleTest {
  private static final Path MODEL = Path.of("src/test/resources/cases/14-life-cycle/model");
  private static final List<Json> RESULTS = Json.read(MODEL.resolveSibling("expected.json")).get("checks").list().get(0)
      .get("expect").get("every_result").list();

  @TempDir
  Path temporary;

  @Test
  void eightThreadsOnOneModelGetWhatEachGetsAlone() throws Exception {
    try (Model model = Model.load(MODEL)) {
      inEightThreads(thread -> {
        for (int i = 0; i < 50; i++) assertRightText(model, RESULTS.get((thread + i) % RESULTS.size()));
      });
    }
  }

  @Test
  void equalSeedsGiveEqualTextsAloneAndAmongOthersWithAnyNumberOfThreads() throws Exception {
    int[][] alone = new int[8][];
    try (Model model = Model.load(MODEL, LoadOptions.defaults().withThreads(1))) {
      for (int seed = 0; seed < 8; seed++)
        alone[seed] = model.generate().ids(3, 1, 4).seed(seed).maxTokens(40).run().ids();
    }
    try (Model model = Model.load(MODEL, LoadOptions.defaults().withThreads(8))) {
      inEightThreads(
          seed -> assertArrayEquals(alone[seed], model.generate().ids(3, 1, 4).seed(seed).maxTokens(40).run().ids()));
    }
  }

  @Test
  void interleavedGenerationsDoNotDisturbEachOther() {
    try (Model model = Model.load(MODEL)) {
      List<Iterator<GeneratedToken>> both = Stream.of(RESULTS.get(0), RESULTS.get(1)).map(result -> model.generate()
          .ids(result.get("ids").integers()).maxTokens(40).endTokens().stream().iterator()).toList();
      for (int i = 0; i < 40; i++) {
        for (int text = 0; text < 2; text++) {
          assertEquals(RESULTS.get(text).get("generated").integers()[i], both.get(text).next().id());
        }
      }
    }
  }

  @Test
  void closingWhileAnotherThreadGeneratesEndsItInGoodOrder() throws Exception {
    for (int i = 0; i < 200; i++) {
      Model model = Model.load(MODEL);
      CountDownLatch running = new CountDownLatch(1);
      Thread generating = Thread.ofPlatform().start(() -> assertThrows(IllegalStateException.class, () -> {
        while (true) {
          model.generate().ids(3, 1, 4).maxTokens(20).run();
          running.countDown();
        }
      }));
      running.await();
      model.close();
      model.close();
      assertThrows(ModelClosedException.class, () -> model.nextTokenDistribution(1));
      generating.join(2000);
      assertTrue(!generating.isAlive());
    }
  }

  @Test
  void aClosedModelSaysSo() {
    Model model = Model.load(MODEL);
    Session session = model.session().append(1);
    model.close();
    model.close();
    assertTrue(assertThrows(IllegalStateException.class, session::distribution).getMessage().contains("closed"));
    assertTrue(
        assertThrows(IllegalStateException.class, () -> model.generate().ids(1).run()).getMessage().contains("closed"));
  }

  @Test
  void closingFromInsideAPassIsRefusedInsteadOfWaitingForEver() {
    try (Model model = Model.load(MODEL); Session session = model.session()) {
      session.observe(Set.of(Station.EMBEDDING), (_, _, _) -> close(model));
      assertThrows(IllegalStateException.class, () -> session.append(1));
      session.observe(Set.of(), (_, _, _) -> {}).append(1);
    }
  }

  @Test
  void abandonedStreamsCostNothing() {
    try (Model model = Model.load(MODEL)) {
      int threads = Thread.activeCount();
      for (int i = 0; i < 10_000; i++) {
        Iterator<GeneratedToken> tokens = model.generate().ids(3, 1, 4).stream().iterator();
        for (int taken = 0; taken < 3; taken++) tokens.next();
      }
      assertTrue(Thread.activeCount() <= threads, "threads left behind");
    }
  }

  @Test
  void cancellingFromAnotherThreadEndsWithinAToken() throws Exception {
    try (Model model = Model.load(MODEL, LoadOptions.defaults().withContextLength(200_000))) {
      AtomicBoolean cancelled = new AtomicBoolean();
      CountDownLatch started = new CountDownLatch(3);
      Future<Generation> future;
      try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
        future = executor.submit(() -> model.generate().ids(3, 1, 4).endTokens().maxTokens(100_000)
            .cancelWhen(cancelled::get).run(_ -> started.countDown()));
        started.await();
        cancelled.set(true);
      }
      assertEquals(StopReason.CANCELLED, future.get().stopReason());
      assertRightText(model, RESULTS.get(0));
    }
  }

  @Test
  void anInterruptEndsTheGenerationKeepsTheFlagAndSpoilsNothing() {
    try (Model model = Model.load(MODEL)) {
      Generation generation = model.generate().ids(3, 1, 4).endTokens().maxTokens(40).run(token -> {
        if (token.index() == 5) Thread.currentThread().interrupt();
      });
      assertEquals(StopReason.CANCELLED, generation.stopReason());
      assertEquals(6, generation.tokens().size());
      model.nextTokenDistribution(1); // with the flag still set
      assertTrue(Thread.interrupted());
      assertRightText(model, RESULTS.get(0));
    }
  }

  @Test
  void whatAnObserverThrowsReachesTheCallerAndTheNextGenerationIsRight() {
    RuntimeException mine = new RuntimeException("mine");
    try (Model model = Model.load(MODEL); Session session = model.session()) {
      session.append(3, 1);
      session.observe(Set.of(Station.RESIDUAL_MID), (_, layer, _) -> {
        if (layer == 1) throw mine;
      });
      assertSame(mine, assertThrows(RuntimeException.class, () -> session.append(4)));
      assertEquals(2, session.length());
      session.observe(Set.of(), (_, _, _) -> {}).append(4);
      assertArrayEquals(model.nextTokenDistribution(3, 1, 4).logits(), session.distribution().logits(), 1e-5f);
      assertRightText(model, RESULTS.get(0));
    }
  }

  @Test
  void aSessionIsForOneThreadAtATimeAndSaysSo() throws Exception {
    try (Model model = Model.load(MODEL); Session session = model.session()) {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch leave = new CountDownLatch(1);
      session.observe(Set.of(Station.EMBEDDING), (_, _, _) -> {
        inside.countDown();
        await(leave);
      });
      Thread first = Thread.ofPlatform().start(() -> session.append(1));
      inside.await();
      assertThrows(IllegalStateException.class, () -> session.append(2));
      leave.countDown();
      first.join();
      assertEquals(1, session.length());
    }
  }

  @Test
  void aFileCutWhileMappedIsReportedByName() throws IOException {
    Path folder = copy("cut");
    try (Model model = Model.load(folder)) {
      Path weights = folder.resolve("model.safetensors");
      try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
        channel.truncate(Files.size(weights) / 2);
      }
      SextantException error = assertThrows(SextantException.class, () -> model.nextTokenDistribution(1));
      assertTrue(error.getMessage().contains("model.safetensors"), error.getMessage());
    }
  }

  @Test
  void replacingOrDeletingFilesLeavesTheOldWeightsInUse() throws IOException {
    Path folder = copy("replaced");
    try (Model model = Model.load(folder)) {
      Path other = Files.write(folder.resolve("other"), new byte[100]);
      Files.move(other, folder.resolve("model.safetensors"), StandardCopyOption.REPLACE_EXISTING);
      assertRightText(model, RESULTS.get(0));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) Files.delete(file);
      }
      Files.delete(folder);
      assertRightText(model, RESULTS.get(1));
    }
  }

  @Test
  void aFileCutBeforeLoadingIsRefusedByName() throws IOException {
    Path folder = copy("short");
    Path weights = folder.resolve("model.safetensors");
    try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(weights) - 100);
    }
    SextantException error = assertThrows(SextantException.class, () -> Model.load(folder));
    assertTrue(error.getMessage().contains("model.safetensors"), error.getMessage());
  }

  @Test
  void loadingAndClosingManyTimesLeavesNothingBehind() throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "counts open files in /proc");
    loadAndClose(10);
    long before = count(descriptors);
    long mappedBefore = count(Path.of("/proc/self/map_files"));
    loadAndClose(2000);
    assertTrue(count(descriptors) <= before + 5, "open files");
    assertTrue(count(Path.of("/proc/self/map_files")) <= mappedBefore + 50, "mappings");
  }

  @Test
  void oddPathsWork() throws IOException {
    Path odd = copy("ein Ordner mit Ümläuten é 雪 %20 #1 +");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), odd);
    Path relative = Path.of("").toAbsolutePath().relativize(odd.toAbsolutePath());
    for (Path folder : List.of(odd, link, relative)) {
      try (Model model = Model.load(folder)) {
        assertRightText(model, RESULTS.get(0));
      }
    }
  }

  @Test
  void twoModelsOfOneFolderAreIndependent() {
    try (Model first = Model.load(MODEL)) {
      Model.load(MODEL).close();
      assertRightText(first, RESULTS.get(0));
    }
  }

  private static void assertRightText(Model model, Json result) {
    int[] ids = result.get("ids").integers();
    assertArrayEquals(result.get("generated").integers(),
        model.generate().ids(ids).maxTokens(40).endTokens().run().ids());
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void inEightThreads(Work work) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
      List<Callable<Object>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int thread = i;
        all.add(() -> {
          work.run(thread);
          return "";
        });
      }
      for (Future<Object> future : executor.invokeAll(all)) future.get();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void close(Model model) {
    model.close();
  }

  private static void loadAndClose(int times) {
    for (int i = 0; i < times; i++) Model.load(MODEL).close();
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private Path copy(String name) throws IOException {
    Path to = Files.createDirectory(temporary.resolve(name));
    try (Stream<Path> files = Files.list(MODEL)) {
      for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName().toString()));
    }
    return to;
  }
}
