package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sextant.kernel.KeyValues.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionTest {
  private static final int ALL = Integer.MAX_VALUE;

  private final Workers workers = new Workers(2);
  private final List<Engine> engines = List.of(new Engine(Kernels.fastest(), workers),
      new Engine(Kernels.scalar(), workers));

  @AfterEach
  void close() {
    workers.close();
  }

  static List<Arguments> shapesAndFormats() {
    List<Arguments> all = new ArrayList<>();
    for (AttentionShape shape : shapes()) for (Format format : Format.values()) all.add(arguments(shape, format));
    return all;
  }

  static List<AttentionShape> shapes() {
    return List.of(new AttentionShape(1, 1, 1, 1, 0, ALL), new AttentionShape(9, 3, 64, 0.125f, 0, ALL),
        new AttentionShape(4, 4, 6, 0.4f, 0, 7), new AttentionShape(6, 2, 22, 0.2f, 2.5f, ALL),
        new AttentionShape(8, 1, 80, 0.1f, 30, 70), new AttentionShape(2, 1, 128, 0.09f, 0, 1),
        new AttentionShape(3, 3, 100, 0.1f, 0, 129));
  }

  @ParameterizedTest
  @MethodSource("shapesAndFormats")
  void agreesWithTheDefinition(AttentionShape shape, Format format) {
    for (Engine engine : engines) {
      for (int before : new int[] {0, 1, 63, 64, 127, 200, 300}) {
        for (int tokens : new int[] {1, 2, 4, 5, 67}) check(engine, shape, format, before, tokens);
      }
    }
  }

  /** Of keys and values that BF16 holds exactly, if that is the format. */
  private static void check(Engine engine, AttentionShape shape, Format format, int before, int tokens) {
    int length = before + tokens;
    Rows keys = Naive.rows(length, shape.keyValueHeads() * shape.headWidth(), 1);
    Rows values = Naive.rows(length, shape.keyValueHeads() * shape.headWidth(), 2);
    if (format == Format.BF16) {
      cut(keys);
      cut(values);
    }
    KeyValues cache = new KeyValues(format, shape.keyValueHeads(), shape.headWidth());
    cache.append(keys, values);
    Rows query = Naive.rows(tokens, shape.heads() * shape.headWidth(), 3);
    Rows mixed = new Rows(query.width());
    Rows probabilities = new Rows(length);
    Rows scores = new Rows(length);
    engine.attend(shape, query, cache, mixed, new Findings(0, scores, probabilities));
    checkFindings(engine, shape, query, cache, scores, probabilities);
    for (int t = 0; t < tokens; t++) {
      for (int h = 0; h < shape.heads(); h++) {
        int at = query.at(t) + h * shape.headWidth();
        double[] expected = Naive.attend(shape, query.data(), at, keys, values, h, before + t + 1);
        String what = shape + ", " + before + " before, token " + t + ", head " + h;
        for (int i = 0; i < shape.headWidth(); i++) assertEquals(expected[i], mixed.data()[at + i], 4e-6, what);
        int row = probabilities.at(t * shape.heads() + h);
        double self = expected[shape.headWidth() + before + t];
        for (int s = 0; s < length; s++) {
          double p = expected[shape.headWidth() + s];
          assertEquals(p, probabilities.data()[row + s], p * 1e-5, what + ", probability " + s);
          double score = p == 0 ? Double.NEGATIVE_INFINITY : scores.data()[row + before + t] + Math.log(p / self);
          assertEquals(score, scores.data()[row + s], 2e-5 * (1 + Math.abs(score)), what + ", score " + s);
        }
      }
    }
  }

  private static void cut(Rows rows) {
    for (int i = 0; i < rows.at(rows.rows()); i++)
      rows.data()[i] = Float.intBitsToFloat(Float.floatToRawIntBits(rows.data()[i]) & 0xffff0000);
  }

  /** Rounding keys and values to 2^-9 moves each score by the like of its terms, and the result little more. */
  @Test
  void roundedKeysAndValuesChangeLittle() {
    AttentionShape shape = new AttentionShape(9, 3, 64, 0.125f, 0, ALL);
    Rows keys = Naive.rows(600, 192, 21);
    Rows values = Naive.rows(600, 192, 22);
    Rows query = Naive.rows(1, 576, 23);
    for (Engine engine : engines) {
      Rows exact = new Rows(576);
      Rows rounded = new Rows(576);
      engine.attend(shape, query, cache(Format.F32, keys, values), exact, Findings.NONE);
      engine.attend(shape, query, cache(Format.BF16, keys, values), rounded, Findings.NONE);
      double square = 0;
      for (int i = 0; i < 576; i++) square += Math.pow(exact.data()[i] - rounded.data()[i], 2) / 576;
      double error = Math.sqrt(square);
      assertTrue(error > 1e-6 && error < 1e-3, "of values around 0.1: " + error);
    }
  }

  private static KeyValues cache(Format format, Rows keys, Rows values) {
    KeyValues cache = new KeyValues(format, 3, 64);
    cache.append(keys, values);
    return cache;
  }

  /** Value 1 + 2^-8 lies between two BF16 numbers, and goes to the even one; a bit more goes up. */
  @Test
  void numbersAreRoundedToTheNearest() {
    float[] in = {1 + 0x1p-8f, 1 + 0x1p-8f + 0x1p-20f, 1 + 3 * 0x1p-8f, -1 - 0x1p-9f, 0x1.fffffep127f, Float.NaN,
      Float.NEGATIVE_INFINITY, 1e-45f};
    float[] out = {1, 1 + 0x1p-7f, 1 + 0x1p-6f, -1, Float.POSITIVE_INFINITY, Float.NaN, Float.NEGATIVE_INFINITY, 0};
    AttentionShape shape = new AttentionShape(1, 1, in.length, 1, 0, ALL);
    for (Engine engine : engines) {
      KeyValues cache = new KeyValues(Format.BF16, 1, in.length);
      Rows value = new Rows(in.length).resize(1);
      System.arraycopy(in, 0, value.data(), 0, in.length);
      cache.append(Naive.rows(1, in.length, 24), value);
      Rows mixed = new Rows(in.length);
      engine.attend(shape, Naive.rows(1, in.length, 25), cache, mixed, Findings.NONE);
      assertArrayEquals(out, Arrays.copyOf(mixed.data(), in.length));
    }
  }

  /** Two lowest possible scores in a chunk of their own, with others elsewhere, weigh nothing. */
  @Test
  void aChunkOfImpossiblePositionsWeighsNothing() {
    AttentionShape shape = new AttentionShape(1, 1, 1, 1, 0, ALL);
    for (Engine engine : engines) {
      KeyValues cache = new KeyValues(Format.F32, 1, 1);
      Rows keys = new Rows(1).resize(130);
      Rows values = new Rows(1).resize(130);
      Arrays.fill(values.data(), 0, 130, 3);
      for (int i = 0; i < 130; i++) keys.data()[i] = i < 128 ? Float.NEGATIVE_INFINITY : 1;
      values.data()[129] = 5;
      cache.append(keys, values);
      Rows query = new Rows(1).resize(1);
      query.data()[0] = 1;
      Rows mixed = new Rows(1);
      engine.attend(shape, query, cache, mixed, Findings.NONE);
      assertEquals(4, mixed.data()[0], 1e-6);
    }
  }

  /** Of the last tokens alone the same is told, and nothing of it changes what is mixed. */
  private static void checkFindings(Engine engine, AttentionShape shape, Rows query, KeyValues cache, Rows scores,
      Rows probabilities) {
    Rows plain = new Rows(query.width());
    engine.attend(shape, query, cache, plain, Findings.NONE);
    Rows mixed = new Rows(query.width());
    Rows lastScores = new Rows(cache.length());
    Rows lastProbabilities = new Rows(cache.length());
    int from = query.rows() / 2;
    engine.attend(shape, query, cache, mixed, new Findings(from, lastScores, lastProbabilities));
    assertEquals((query.rows() - from) * shape.heads(), lastScores.rows());
    int at = scores.at(from * shape.heads());
    int end = scores.at(scores.rows());
    assertArrayEquals(Arrays.copyOf(plain.data(), plain.at(plain.rows())), Arrays.copyOf(mixed.data(), plain.at(
        plain.rows())));
    assertArrayEquals(Arrays.copyOfRange(scores.data(), at, end), Arrays.copyOf(lastScores.data(), end - at));
    assertArrayEquals(Arrays.copyOfRange(probabilities.data(), at, end), Arrays.copyOf(lastProbabilities.data(), end
        - at));
  }

  /** Pieces of every size, so that groups and pages begin anywhere. */
  @ParameterizedTest
  @MethodSource("shapes")
  void aPromptInPiecesIsThePromptInOnePiece(AttentionShape shape) {
    int tokens = 150;
    for (Engine engine : engines) {
      float[] whole = attend(engine, shape, tokens, tokens);
      for (int piece : new int[] {1, 3, 7, 64}) {
        float[] pieces = attend(engine, shape, tokens, piece);
        for (int i = 0; i < whole.length; i++) assertEquals(whole[i], pieces[i], 1e-5, "pieces of " + piece);
      }
    }
  }

  private static float[] attend(Engine engine, AttentionShape shape, int tokens, int piece) {
    KeyValues cache = new KeyValues(Format.F32, shape.keyValueHeads(), shape.headWidth());
    int width = shape.heads() * shape.headWidth();
    Rows query = Naive.rows(tokens, width, 3);
    Rows keys = Naive.rows(tokens, shape.keyValueHeads() * shape.headWidth(), 4);
    Rows values = Naive.rows(tokens, shape.keyValueHeads() * shape.headWidth(), 5);
    float[] all = new float[tokens * width];
    for (int t = 0; t < tokens; t += piece) {
      int count = Math.min(piece, tokens - t);
      cache.append(cut(keys, t, count), cut(values, t, count));
      Rows mixed = new Rows(width);
      engine.attend(shape, cut(query, t, count), cache, mixed, Findings.NONE);
      System.arraycopy(mixed.data(), 0, all, t * width, count * width);
    }
    return all;
  }

  private static Rows cut(Rows rows, int from, int count) {
    Rows cut = new Rows(rows.width()).resize(count);
    System.arraycopy(rows.data(), rows.at(from), cut.data(), 0, count * rows.width());
    return cut;
  }

  /** Across the ends of all sizes of pages, a position at a time. */
  @Test
  void aLongCacheIsReadAsItWasWritten() {
    AttentionShape shape = new AttentionShape(2, 2, 3, 0.5f, 0, ALL);
    Rows keys = Naive.rows(1700, 6, 11);
    Rows values = Naive.rows(1700, 6, 12);
    for (Engine engine : engines) {
      KeyValues cache = new KeyValues(Format.F32, 2, 3);
      for (int t = 0; t < 1700; t++) {
        cache.append(cut(keys, t, 1), cut(values, t, 1));
        if (t % 64 > 1 && t % 64 < 63) continue;
        Rows query = Naive.rows(1, 6, t);
        Rows mixed = new Rows(6);
        engine.attend(shape, query, cache, mixed, Findings.NONE);
        double[] expected = Naive.attend(shape, query.data(), 3, keys, values, 1, t + 1);
        for (int i = 0; i < 3; i++) assertEquals(expected[i], mixed.data()[3 + i], 4e-6, "position " + t);
      }
    }
  }

  @Test
  void whatWasForgottenDoesNotShow() {
    AttentionShape shape = new AttentionShape(4, 2, 6, 0.4f, 0, ALL);
    for (Engine engine : engines) {
      KeyValues cache = new KeyValues(Format.F32, 2, 6);
      Rows nan = Naive.rows(300, 12, 1);
      java.util.Arrays.fill(nan.data(), Float.NaN);
      cache.append(nan, nan);
      cache.truncate(0);
      Rows keys = Naive.rows(70, 12, 6);
      cache.append(keys, keys);
      cache.truncate(66);
      assertEquals(66, cache.length());
      Rows mixed = new Rows(24);
      Rows query = Naive.rows(1, 24, 7);
      engine.attend(shape, query, cache, mixed, Findings.NONE);
      double[] expected = Naive.attend(shape, query.data(), 18, keys, keys, 3, 66);
      for (int i = 0; i < 6; i++) assertEquals(expected[i], mixed.data()[18 + i], 4e-6);
    }
  }

  @Test
  void anInfiniteKeyMakesNoNumbersUp() {
    AttentionShape shape = new AttentionShape(1, 1, 16, 1, 0, ALL);
    for (Engine engine : engines) {
      KeyValues cache = new KeyValues(Format.F32, 1, 16);
      Rows keys = Naive.rows(20, 16, 8);
      keys.data()[keys.at(10) + 3] = Float.NaN;
      cache.append(keys, Naive.rows(20, 16, 9));
      Rows mixed = new Rows(16);
      engine.attend(shape, Naive.rows(1, 16, 10), cache, mixed, Findings.NONE);
      for (int i = 0; i < 16; i++) assertEquals(Float.NaN, mixed.data()[i]);
    }
  }

  @Test
  void theCacheSaysWhatItTakes() {
    assertEquals(0, KeyValues.bytes(Format.F32, 3, 64, 0));
    assertEquals(128 * 3 * (64 + 64) * 4, KeyValues.bytes(Format.F32, 3, 64, 1));
    assertEquals(2 * 128 * 2 * (22 + 32) * 4, KeyValues.bytes(Format.F32, 2, 22, 129));
    assertEquals(512L * 2 * (22 + 32) * 4, KeyValues.bytes(Format.F32, 2, 22, 257));
    assertEquals(512L * 2 * (22 + 32) * 4, KeyValues.bytes(Format.F32, 2, 22, 512));
    assertEquals(1024L * 2 * (22 + 32) * 4, KeyValues.bytes(Format.F32, 2, 22, 513));
    assertEquals((1L << 40) * 2 * (22 + 32) * 4, KeyValues.bytes(Format.F32, 2, 22, 1L << 40));
    assertEquals(512L * 3 * (64 + 64) * 2, KeyValues.bytes(Format.BF16, 3, 64, 512));
    assertEquals(1024L * 2 * (80 + 96) * 2, KeyValues.bytes(Format.BF16, 2, 80, 1000));
    KeyValues cache = new KeyValues(Format.F32, 2, 22);
    assertThrows(IllegalArgumentException.class, () -> cache.truncate(1));
    assertThrows(IllegalArgumentException.class, () -> cache.append(new Rows(22), new Rows(22)));
    assertThrows(IllegalArgumentException.class, () -> new KeyValues(Format.F32, 0, 22));
  }
}
