package dev.sextant.trust;

import dev.sextant.Limits;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.SextantException;
import dev.sextant.testing.Held;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For a virtual machine of its own with a small heap: texts grow until it is full. Each time the error must be ours, and the
 * text go on from where it was with the right numbers; so too a model whose tokenizer does not fit.
 */
final class OutOfMemory {
  private static final int PIECE = 512;
  private static final int ROUNDS = 12;
  private static final int KIB = 1 << 10;

  private OutOfMemory() {}

  /** @param arguments a model's folder, and one with a tokenizer that takes more than the heap */
  public static void main(String[] arguments) throws Exception {
    Path small = Path.of(arguments[0]);
    Path large = Path.of(arguments[1]);
    Limits limits = Limits.defaults().withCacheBytes(Long.MAX_VALUE);
    try (Model model = Model.load(small,
        LoadOptions.defaults().withThreads(2).withContextLength(1 << 20).withLimits(limits))) {
      float[] right = model.nextTokenDistribution(1, 2, 3).logits();
      for (int round = 0; round < ROUNDS; round++) fill(model, right, 100 * round);
    }
    refuse(() -> Model.load(large).close());
    List<String> held = new ArrayList<>(Held.below(small));
    held.addAll(Held.below(large));
    if (!held.isEmpty()) throw new AssertionError("held: " + held);
    System.out.println("survived");
  }

  /** @param spare KiB that are left free, besides a MiB */
  private static void fill(Model model, float[] right, int spare) {
    try (Session session = model.session()) {
      session.append(1, 2, 3);
      List<byte[]> ballast = ballast(KIB + spare);
      refuse(() -> {
        while (true) session.append(new int[PIECE]);
      });
      ballast.clear();
      int length = session.length();
      if (length % PIECE != 3) throw new AssertionError("the text has " + length + " tokens");
      session.append(4).distribution();
      session.truncate(3);
      requireClose(right, session.distribution().logits());
    }
  }

  /** The last token has passed alone this time: sums may be rounded otherwise. */
  private static void requireClose(float[] right, float[] found) {
    for (int i = 0; i < right.length; i++) {
      if (!(Math.abs(right[i] - found[i]) < 1e-5)) {
        throw new AssertionError("logits " + Arrays.toString(found) + ", not " + Arrays.toString(right));
      }
    }
  }

  private static List<byte[]> ballast(int spare) {
    List<byte[]> ballast = new ArrayList<>(1 << 16);
    try {
      while (true) ballast.add(new byte[4 * KIB]);
    } catch (OutOfMemoryError full) {
      for (int i = 0; i < spare / 4; i++) ballast.removeLast();
    }
    return ballast;
  }

  private static void refuse(Runnable action) {
    try {
      action.run();
    } catch (SextantException e) {
      if (!String.valueOf(e.getMessage()).contains("out of memory")) throw e;
      return;
    }
    throw new AssertionError("not refused");
  }
}
