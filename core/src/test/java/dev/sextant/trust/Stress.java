package dev.sextant.trust;

import dev.sextant.CacheFormat;
import dev.sextant.InvalidArgumentException;
import dev.sextant.Limits;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelClosedException;
import dev.sextant.Session;
import dev.sextant.SextantException;
import dev.sextant.StopReason;
import dev.sextant.WeightFormat;
import dev.sextant.testing.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Rounds of random trouble. Whatever happens must be a right result or an exception of ours; anything else ends it. */
final class Stress {
  private static final List<String> SPOILED = List.of("config.json", "tokenizer.json", "model.safetensors",
      "generation_config.json", "tokenizer_config.json");
  private static final int[] PROMPT = {3, 1, 4};

  private final Path folder;
  private final Random random;
  private final int[] right;
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong uses = new AtomicLong();
  private long rounds;
  private long races;
  private long interrupts;
  private long spoiled;
  private long cuts;

  Stress(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
    try (Model model = Model.load(folder)) {
      this.right = model.generate().ids(PROMPT).endTokens().maxTokens(20).run().ids();
    }
  }

  long rounds() {
    return rounds;
  }

  void next() throws Exception {
    rounds++;
    switch (random.nextInt(4)) {
      case 0 -> race();
      case 1 -> interrupt();
      case 2 -> spoil();
      default -> cut();
    }
  }

  private LoadOptions options() {
    return LoadOptions.defaults().withThreads(random.nextInt(4)).withVectorized(random.nextInt(4) > 0)
        .withWeights(WeightFormat.values()[random.nextInt(3)]).withCache(CacheFormat.values()[random.nextInt(2)])
        .withLimits(Limits.defaults().withPromptTokens(random.nextInt(30, 100)));
  }

  /** Some threads use a model until it is closed beneath them. */
  private void race() throws Exception {
    races++;
    Model model = Model.load(folder, options());
    AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
    List<Thread> users = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Random own = new Random(random.nextLong());
      users.add(Thread.ofPlatform().start(() -> guarded(wrong, () -> {
        while (true) use(model, own);
      })));
    }
    pause(random.nextInt(3_000_000));
    model.close();
    for (Thread user : users) end(user);
    rethrow(wrong.get());
  }

  /** A thread opens a model and generates, and is interrupted at some moment. */
  private void interrupt() throws Exception {
    interrupts++;
    AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
    LoadOptions options = options().withWeights(WeightFormat.AS_STORED).withCache(CacheFormat.F32);
    Thread user = Thread.ofPlatform().start(() -> guarded(wrong, () -> {
      try (Model model = Model.load(folder, options)) {
        var generation = model.generate().ids(PROMPT).endTokens().maxTokens(20).run();
        int[] ids = generation.ids();
        boolean whole = generation.stopReason() != StopReason.CANCELLED;
        if (!Arrays.equals(ids, whole ? right : Arrays.copyOf(right, ids.length)))
          throw new AssertionError("generated " + Arrays.toString(ids));
      }
    }));
    pause(random.nextInt(6_000_000));
    user.interrupt();
    end(user);
    rethrow(wrong.get());
  }

  /** A copy with some bytes of one file changed, or its end missing, opens or is refused. */
  private void spoil() throws Exception {
    spoiled++;
    Path copy = Folders.copy(folder, folder.resolveSibling("spoiled"));
    Path file = copy.resolve(SPOILED.get(random.nextInt(SPOILED.size())));
    byte[] bytes = Files.readAllBytes(file);
    for (int i = random.nextInt(4); i > 0; i--)
      bytes[random.nextInt(Math.min(bytes.length, 3000))] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, random.nextInt(4) > 0 ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
    guarded(wrong, () -> {
      try (Model model = Model.load(copy, options())) {
        use(model, random);
      }
    });
    delete(copy);
    rethrow(wrong.get());
  }

  /** A copy whose weights are cut between two passes. */
  private void cut() throws Exception {
    cuts++;
    Path copy = Folders.copy(folder, folder.resolveSibling("cut"));
    AtomicReference<@Nullable Throwable> wrong = new AtomicReference<>();
    guarded(wrong, () -> {
      try (Model model = Model.load(copy, options()); Session session = model.session()) {
        session.append(PROMPT);
        try (FileChannel channel = FileChannel.open(copy.resolve("model.safetensors"), StandardOpenOption.WRITE)) {
          channel.truncate(random.nextLong(channel.size()));
        }
        session.append(1);
        throw new AssertionError("not noticed");
      }
    });
    delete(copy);
    rethrow(wrong.get());
  }

  private void use(Model model, Random own) {
    uses.incrementAndGet();
    int[] ids = own.ints(own.nextInt(1, 40), 0, 32).toArray();
    switch (own.nextInt(5)) {
      case 0 -> model.generate().ids(ids).seed(own.nextLong()).maxTokens(own.nextInt(20)).run();
      case 1 -> model.score(own.ints(own.nextInt(2, 60), 0, 32).toArray());
      case 2 -> model.journey().ids(ids).run();
      case 3 -> model.nextTokenDistribution(ids);
      default -> {
        try (Session session = model.session()) {
          session.append(ids).truncate(own.nextInt(ids.length + 1));
          session.append(ids).distribution();
        }
      }
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private void guarded(AtomicReference<@Nullable Throwable> wrong, Action action) {
    try {
      action.run();
    } catch (SextantException | ModelClosedException | InvalidArgumentException e) {
      refused.incrementAndGet();
    } catch (Throwable e) {
      wrong.set(e);
    }
  }

  private static void pause(int nanoseconds) {
    long until = System.nanoTime() + nanoseconds;
    while (System.nanoTime() < until) Thread.onSpinWait();
  }

  /** Patience is counted in short steps: a process that was halted meanwhile, as a whole, does not hang. */
  private static void end(Thread thread) throws InterruptedException {
    for (int i = 0; i < 600 && thread.isAlive(); i++) thread.join(50);
    if (thread.isAlive()) throw new AssertionError("hangs: " + Arrays.toString(thread.getStackTrace()));
  }

  private void rethrow(@Nullable Throwable wrong) {
    if (wrong != null) throw new AssertionError("round " + rounds + ": " + wrong, wrong);
  }

  private static void delete(Path copy) throws IOException {
    try (var files = Files.list(copy)) {
      for (Path file : files.toList()) Files.delete(file);
    }
    Files.delete(copy);
  }

  @Override
  public String toString() {
    return rounds + " rounds (" + races + " closed in use, " + interrupts + " interrupted, " + spoiled + " damaged, "
        + cuts
        + " cut), " + uses + " uses, " + refused + " refusals";
  }
}
