package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sextant.kernel.Naive.Format;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
  private static final int[] TOKENS = {0, 1, 2, 5, 8, 9, 15, 16, 17, 33, 63, 64, 65, 130};
  private static final int[][] SHAPES = {{1, 1}, {5, 6}, {10, 22}, {36, 42}, {54, 30}, {9, 576}, {200, 64}, {65, 1100}};

  private static void with(int threads, java.util.function.Consumer<Engine> test) {
    for (Kernels kernels : new Kernels[] {Kernels.fastest(), Kernels.scalar()}) {
      try (Workers workers = new Workers(threads)) {
        test.accept(new Engine(kernels, workers));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void multiplyAnyShapeByAnyNumberOfTokens(Format format) {
    with(2, engine -> {
      for (int[] shape : SHAPES) {
        Matrix w = Naive.matrix(format, shape[0], shape[1], 1);
        float[] bias = Naive.numbers(shape[0], 2);
        for (int tokens : TOKENS) {
          Rows x = Naive.rows(tokens, shape[1], 3);
          Rows y = new Rows(shape[0]);
          engine.multiply(w, bias, x, y);
          checkProduct(w, bias, x, y);
          engine.multiply(w, null, x, y);
          checkProduct(w, new float[shape[0]], x, y);
        }
      }
    });
  }

  private static void checkProduct(Matrix w, float[] bias, Rows x, Rows y) {
    assertEquals(x.rows(), y.rows());
    for (int t = 0; t < x.rows(); t++) {
      for (int r = 0; r < w.rows(); r++) {
        double size = Naive.dotSize(w, r, x.data(), x.at(t)) + Math.abs(bias[r]);
        double expected = Naive.dot(w, r, x.data(), x.at(t)) + bias[r];
        assertEquals(expected, y.data()[y.at(t) + r], size * 0x1p-23 * (4 + w.columns() / 8),
            w.rows() + "x" + w.columns() + ", token " + t + " of " + x.rows());
      }
    }
  }

  @Test
  void gatherReadsTheRowsAsked() {
    Matrix embedding = Naive.matrix(Format.BF16, 11, 6, 4);
    with(2, engine -> {
      Rows x = new Rows(6);
      engine.gather(embedding, new int[] {9, 3, 10, 0, 3}, 1, 4, x);
      int[] expected = {3, 10, 0, 3};
      for (int t = 0; t < 4; t++)
        for (int c = 0; c < 6; c++) assertEquals(Naive.weight(embedding, expected[t], c), x.data()[x.at(t) + c]);
      assertThrows(IllegalArgumentException.class, () -> engine.gather(embedding, new int[] {11}, 0, 1, x));
      assertThrows(IllegalArgumentException.class, () -> engine.gather(embedding, new int[] {-1}, 0, 1, x));
    });
  }

  @Test
  void normalizeEachPieceInPlaceOrNot() {
    Norm norm = new Norm(Norm.Kind.RMS, Naive.numbers(5, 5), null, 1e-6f);
    with(2, engine -> {
      Rows x = Naive.rows(3, 15, 6);
      Rows y = new Rows(15);
      engine.normalize(norm, x, y);
      for (int piece = 0; piece < 9; piece++) {
        double square = 0;
        for (int i = 0; i < 5; i++) square += (double) x.data()[5 * piece + i] * x.data()[5 * piece + i] / 5;
        for (int i = 0; i < 5; i++) {
          double expected = x.data()[5 * piece + i] / Math.sqrt(square + 1e-6) * norm.weight()[i];
          assertEquals(expected, y.data()[5 * piece + i], 1e-6 * (1 + Math.abs(expected)));
        }
      }
      engine.normalize(norm, x, x);
      KernelsAgreeTest.assertSameBits(y.data(), x.data(), "in place");
    });
  }

  @Test
  void rotateTurnsTheFirstFeaturesOfEachHead() {
    with(2, engine -> {
      RotaryTable table = new RotaryTable(3, 2, Naive.numbers(6, 7), Naive.numbers(6, 8));
      Rows x = Naive.rows(3, 10, 9);
      Rows y = Naive.rows(3, 10, 9);
      engine.rotate(y, 5, table);
      for (int t = 0; t < 3; t++) {
        for (int head = 0; head < 2; head++) {
          int at = x.at(t) + 5 * head;
          for (int i = 0; i < 2; i++) {
            double cos = table.cos()[2 * t + i];
            double sin = table.sin()[2 * t + i];
            assertEquals(x.data()[at + i] * cos - x.data()[at + 2 + i] * sin, y.data()[at + i], 1e-6);
            assertEquals(x.data()[at + 2 + i] * cos + x.data()[at + i] * sin, y.data()[at + 2 + i], 1e-6);
          }
          assertEquals(x.data()[at + 4], y.data()[at + 4], "not rotated");
        }
      }
    });
  }

  @Test
  void activateMultipliesByTheGatedInput() {
    with(2, engine -> {
      Rows x = Naive.rows(3, 11, 10);
      Rows up = Naive.rows(3, 11, 11);
      Rows alone = Naive.rows(3, 11, 10);
      Rows gated = Naive.rows(3, 11, 10);
      engine.activate(Activation.SILU, alone, null);
      engine.activate(Activation.SILU, gated, up);
      for (int i = 0; i < 33; i++) {
        assertEquals(Naive.activate(Activation.SILU, x.data()[i]), alone.data()[i], 1e-6);
        assertEquals(alone.data()[i] * up.data()[i], gated.data()[i]);
      }
    });
  }

  @Test
  void addAndScale() {
    with(2, engine -> {
      Rows x = Naive.rows(3, 11, 12);
      Rows into = Naive.rows(3, 11, 13);
      engine.add(x, into);
      engine.scale(into, 0.5f);
      float[] before = Naive.numbers(33, 13);
      for (int i = 0; i < 33; i++) assertEquals((before[i] + x.data()[i]) * 0.5f, into.data()[i]);
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void anyNumberOfThreadsGivesTheSameBits(int threads) {
    for (Kernels kernels : new Kernels[] {Kernels.fastest(), Kernels.scalar()}) {
      try (Workers one = new Workers(1); Workers many = new Workers(threads)) {
        Engine alone = new Engine(kernels, one);
        Engine shared = new Engine(kernels, many);
        for (int tokens : new int[] {1, 2, 7, 20, 70, 300})
          KernelsAgreeTest.assertSameBits(everything(alone, tokens), everything(shared, tokens), tokens + " tokens");
      }
    }
  }

  /** A little of each operation, large enough to be shared out, all results together. */
  static float[] everything(Engine engine, int tokens) {
    Rows all = new Rows(1);
    Rows x = new Rows(110);
    Matrix embedding = Naive.matrix(Format.F16, 50, 110, 20);
    engine.gather(embedding, new java.util.Random(21).ints(tokens, 0, 50).toArray(), 0, tokens, x);
    engine.normalize(new Norm(Norm.Kind.LAYER, Naive.numbers(110, 22), Naive.numbers(110, 23), 1e-5f), x, x);
    keep(all, x);
    for (Format format : Format.values()) {
      Rows y = new Rows(431);
      engine.multiply(Naive.matrix(format, 431, 110, 24), Naive.numbers(431, 25), x, y);
      engine.activate(Activation.GELU, y, y);
      engine.add(y, y);
      engine.scale(y, 0.7f);
      engine.cap(y, 2);
      keep(all, y);
      Rows back = new Rows(110);
      engine.multiplyTransposed(new Matrix[] {Naive.matrix(format, 431, 110, 32)}, Naive.rows(1, 431, 33), back);
      keep(all, back);
    }
    engine.rotate(x, 11, new RotaryTable(tokens, 4, Naive.numbers(4 * tokens, 26), Naive.numbers(4 * tokens, 27)));
    for (KeyValues.Format format : KeyValues.Format.values()) {
      KeyValues cache = new KeyValues(format, 5, 11);
      cache.append(Naive.rows(700, 55, 28), Naive.rows(700, 55, 29));
      cache.append(Naive.rows(tokens, 55, 30), Naive.rows(tokens, 55, 31));
      for (int window : new int[] {99, Integer.MAX_VALUE}) {
        Rows mixed = new Rows(110);
        engine.attend(new AttentionShape(10, 5, 11, 0.3f, 5, window), x, cache, mixed, Findings.NONE);
        keep(all, mixed);
      }
    }
    keep(all, surveyed(engine, Naive.rows(3 * tokens, 431, 34)));
    return java.util.Arrays.copyOf(all.data(), all.rows());
  }

  private static Rows surveyed(Engine engine, Rows logits) {
    Survey survey = new Survey(3, logits.width());
    survey.ask(new int[logits.rows() / 3][1], 2);
    engine.survey(logits, survey);
    Rows found = new Rows(5).resize(logits.rows());
    for (int row = 0; row < logits.rows(); row++) {
      double[] numbers = {survey.best(row)[1], survey.ranks(row)[0], survey.logSum(row), survey.divergence(row),
        1e6 * (survey.divergence(row) - (float) survey.divergence(row))};
      for (int i = 0; i < numbers.length; i++) found.data()[found.at(row) + i] = (float) numbers[i];
    }
    return found;
  }

  private static void keep(Rows all, Rows rows) {
    float[] before = java.util.Arrays.copyOf(all.data(), all.rows());
    all.resize(before.length + rows.rows() * rows.width());
    System.arraycopy(before, 0, all.data(), 0, before.length);
    System.arraycopy(rows.data(), 0, all.data(), before.length, rows.rows() * rows.width());
  }

  @Test
  void aTokenIsTheSameBitsWhateverFollowsIt() {
    with(1, engine -> {
      Matrix w = Naive.matrix(Format.BF16, 77, 100, 40);
      int count = FewTask.MOST + 1; // fewer are summed in another order
      Rows few = Naive.rows(count, 100, 41);
      Rows many = Naive.rows(90, 100, 41);
      Rows y = new Rows(77);
      engine.multiply(w, null, few, y);
      float[] expected = java.util.Arrays.copyOf(y.data(), count * 77);
      engine.multiply(w, null, many, y);
      KernelsAgreeTest.assertSameBits(expected, java.util.Arrays.copyOf(y.data(), count * 77), "the first tokens");
    });
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    with(1, engine -> {
      Matrix w = Naive.matrix(Format.F32, 3, 4, 50);
      Rows x = Naive.rows(2, 4, 51);
      assertThrows(IllegalArgumentException.class, () -> engine.multiply(w, null, x, new Rows(4)));
      assertThrows(IllegalArgumentException.class, () -> engine.multiply(w, null, new Rows(3), new Rows(3)));
      assertThrows(IllegalArgumentException.class, () -> engine.multiply(w, new float[2], x, new Rows(3)));
      assertThrows(IllegalArgumentException.class, () -> engine.add(x, Naive.rows(3, 4, 52)));
      assertThrows(IllegalArgumentException.class, () -> engine.activate(Activation.SILU, x, new Rows(4)));
      Norm three = new Norm(Norm.Kind.RMS, new float[3], null, 0);
      assertThrows(IllegalArgumentException.class, () -> engine.normalize(three, x, x));
      RotaryTable onePosition = new RotaryTable(1, 1, new float[1], new float[1]);
      assertThrows(IllegalArgumentException.class, () -> engine.rotate(x, 2, onePosition));
    });
  }
}
