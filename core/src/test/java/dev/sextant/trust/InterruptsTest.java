package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Generation;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.SextantException;
import dev.sextant.StopReason;
import dev.sextant.testing.Folders;
import dev.sextant.testing.Held;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt ends what waits for the tokenizer and what generates; mapping and a pass it leaves alone. The flag stays set. */
@Timeout(60)
class InterruptsTest {
  private static final int RANDOM_INTERRUPTS = 200;

  @TempDir
  Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = Folders.withTokenizer(temporary.resolve("model"));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    Thread.interrupted();
    assertEquals(List.of(), Held.below(folder));
  }

  /** Either the model opens or, where it has to wait for its tokenizer, the error says why; the flag stays set. */
  @Test
  void beforeOpening() {
    Thread.currentThread().interrupt();
    try {
      Model.load(folder).close();
    } catch (SextantException e) {
      assertTrue(e.getMessage().contains(folder.toString()) && e.getMessage().contains("nterrupt"), e.getMessage());
    }
    assertTrue(Thread.interrupted(), "the flag stays set");
    Model.load(folder).close();
  }

  /** Once everything is read there is nothing to wait for. */
  @Test
  void whenOpeningHasReadEverything() {
    try {
      Model.load(folder, LoadOptions.defaults().withProgress(_ -> Thread.currentThread().interrupt())).close();
    } catch (SextantException e) { // the tokenizer was slower
      assertTrue(e.getMessage().contains("interrupted"), e.getMessage());
    }
    assertTrue(Thread.interrupted(), "the flag stays set");
  }

  /** At any moment: the model opens, or the error is ours; never anything else, and the next one opens. */
  @Test
  void atAnyMomentOfOpening() throws InterruptedException {
    Random random = new Random(1);
    for (int i = 0; i < RANDOM_INTERRUPTS; i++) {
      Throwable[] thrown = new Throwable[1];
      Thread opening = Thread.ofPlatform().start(() -> {
        try {
          Model.load(folder).close();
        } catch (Throwable e) {
          thrown[0] = e;
        }
      });
      long until = System.nanoTime() + random.nextInt(3_000_000);
      while (System.nanoTime() < until) Thread.onSpinWait();
      opening.interrupt();
      opening.join(10_000);
      assertTrue(!opening.isAlive(), "hangs");
      if (thrown[0] != null) assertEquals(SextantException.class, thrown[0].getClass(), String.valueOf(thrown[0]));
    }
    Model.load(folder).close();
  }

  @Test
  void duringAPassChangesNothing() {
    try (Model model = Model.load(folder); Session session = model.session()) {
      float[] right = model.nextTokenDistribution(1, 2, 3).logits();
      session.append(new int[] {1, 2, 3}, _ -> Thread.currentThread().interrupt());
      assertArrayEquals(right, session.distribution().logits());
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void whileGeneratingAtAnyMoment() throws InterruptedException {
    try (Model model = Model.load(folder)) {
      Random random = new Random(2);
      for (int i = 0; i < 50; i++) {
        Generation[] result = new Generation[1];
        Thread generating = Thread.ofPlatform()
            .start(() -> result[0] = model.generate().ids(1).endTokens().maxTokens(100_000).run());
        long until = System.nanoTime() + random.nextInt(2_000_000);
        while (System.nanoTime() < until) Thread.onSpinWait();
        generating.interrupt();
        generating.join(10_000);
        assertTrue(!generating.isAlive(), "hangs");
        assertTrue(List.of(StopReason.CANCELLED, StopReason.CONTEXT).contains(result[0].stopReason()));
      }
    }
  }
}
