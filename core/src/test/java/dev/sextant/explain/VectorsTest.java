package dev.sextant.explain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Vectors, paths and their principal components. */
class VectorsTest {
  private static final float[] X = {2, 0, 0};
  private static final float[] Y = {0, 5, 0};
  private static final float[] ZERO = new float[3];

  @Test
  void lengthsAndAnglesByHand() {
    assertEquals(5, Vectors.norm(new float[] {3, -4}));
    assertEquals(-2, Vectors.dot(new float[] {1, 2}, new float[] {4, -3}));
    assertEquals(0, Vectors.cosine(X, Y));
    assertEquals(1, Vectors.cosine(Y, Y));
    assertEquals(90, Vectors.angle(X, Y), 1e-12);
    assertEquals(180, Vectors.angle(X, new float[] {-1, 0, 0}), 1e-12);
    assertEquals(45, Vectors.angle(X, new float[] {1, 1, 0}), 1e-12);
    assertEquals(3, Vectors.along(new float[] {9, 3, 1}, Y));
    assertArrayEquals(new float[] {2, -5, 0}, Vectors.difference(X, Y));
    assertEquals(1e30 * Math.sqrt(3), Vectors.norm(new float[] {1e30f, 1e30f, 1e30f}), 1e24); // no overflow
  }

  @Test
  void sharesOfPartsAddUp() {
    Random random = new Random(6);
    float[] a = random(random, 20);
    float[] b = random(random, 20);
    float[] sum = new float[20];
    for (int i = 0; i < 20; i++) sum[i] = a[i] + b[i];
    assertEquals(1, Vectors.share(a, sum) + Vectors.share(b, sum), 1e-6);
    assertEquals(0.25, Vectors.share(X, new float[] {2, 0, (float) Math.sqrt(12)}), 1e-6);
    assertEquals(0, Vectors.share(ZERO, X));
  }

  @Test
  void vectorsWithoutADirectionAreRefused() {
    assertSays("zero vector", () -> Vectors.cosine(X, ZERO));
    assertSays("a is the zero vector", () -> Vectors.angle(ZERO, X));
    assertSays("not finite", () -> Vectors.cosine(X, new float[] {Float.NaN, 0, 0}));
    assertSays("not finite", () -> Vectors.share(X, new float[] {Float.POSITIVE_INFINITY, 0, 0}));
    assertSays("the direction is the zero vector", () -> Vectors.along(X, ZERO));
    assertSays("3 and 2 numbers", () -> Vectors.dot(X, new float[2]));
    assertSays("3 and 2 numbers", () -> Vectors.difference(X, new float[2]));
  }

  @Test
  void aPathByHand() {
    ResidualPath path = ResidualPath.of(List.of(new float[] {3, 4}, new float[] {3, 0}, new float[] {0, 6}));
    assertArrayEquals(new double[] {5, 3, 6}, path.norms());
    assertArrayEquals(new double[] {Math.toDegrees(Math.atan2(4, 3)), 90}, path.angles(), 1e-12);
    assertArrayEquals(new double[] {4, Math.sqrt(45)}, path.stepLengths(), 1e-12);
    assertArrayEquals(new double[] {-4, 6}, path.steps(new float[] {0, 7}), 1e-12);
    assertArrayEquals(new double[] {0.6, 1, 0}, path.cosines(new float[] {2, 0}), 1e-12);
    assertArrayEquals(new double[] {3 / 25.0, 3 / 9.0, 0}, path.shares(new float[] {1, 0}), 1e-12);
    path.point(0)[0] = 9;
    assertEquals(3, path.point(0)[0]);
  }

  @Test
  void onePointIsAPath() {
    ResidualPath path = ResidualPath.of(List.of(X));
    assertEquals(1, path.length());
    assertEquals(0, path.angles().length);
    assertSays("1 points", () -> path.pca(2));
    assertSays("at least one point", () -> ResidualPath.of(List.of()));
    assertSays("point 1 has 2 numbers", () -> ResidualPath.of(List.of(X, new float[2])));
    assertSays("finite", () -> ResidualPath.of(List.of(new float[] {Float.NaN})));
    assertSays("zero vector", () -> ResidualPath.of(List.of(X, ZERO)).angles());
  }

  @Test
  void principalComponentsByHand() {
    List<float[]> points = List.of(new float[] {1, 1, 5}, new float[] {-3, 1, 5}, new float[] {-1, 2, 5},
        new float[] {-1, 0, 5});
    Pca pca = Pca.of(points, 3);
    assertEquals(2, pca.directions(), "a plane");
    assertArrayEquals(new double[] {1, 0, 0}, pca.direction(0), 1e-14);
    assertArrayEquals(new double[] {0, 1, 0}, pca.direction(1), 1e-14);
    assertEquals(0.8, pca.share(0), 1e-14);
    assertEquals(0.2, pca.share(1), 1e-14);
    assertArrayEquals(new double[] {-2, 0}, pca.coordinates(1), 1e-14);
    assertArrayEquals(new double[] {1, 3}, pca.project(new float[] {0, 4, 77}), 1e-14);
    assertEquals(1, Pca.of(points, 1).directions());
    assertEquals(4, pca.points());
  }

  @Test
  void principalComponentsKeepDistances() {
    Random random = new Random(9);
    List<float[]> points = Stream.generate(() -> random(random, 40)).limit(12).toList();
    Pca pca = Pca.of(points, 100);
    assertEquals(11, pca.directions(), "12 points span 11 directions");
    double total = 0;
    for (int d = 0; d < 11; d++) total += pca.share(d);
    assertEquals(1, total, 1e-12);
    for (int i = 0; i < 12; i++) {
      assertArrayEquals(pca.coordinates(i), pca.project(points.get(i)), 1e-12);
      double square = 0;
      for (int d = 0; d < 11; d++) square += Math.pow(pca.coordinates(i)[d] - pca.coordinates(0)[d], 2);
      assertEquals(Vectors.norm(Vectors.difference(points.get(i), points.getFirst())), Math.sqrt(square), 1e-5);
    }
  }

  @Test
  void awkwardPointsHaveNoComponents() {
    assertEquals(0, Pca.of(List.of(X, X, X), 2).directions());
    assertSays("not finite", () -> Pca.of(List.of(X, new float[] {0, Float.NaN, 0}), 2));
    assertSays("3 and 2", () -> Pca.of(List.of(X, new float[2]), 2));
    assertSays("most is 0", () -> Pca.of(List.of(X, Y), 0));
    assertSays("the points have 3", () -> Pca.of(List.of(X, Y), 1).project(new float[4]));
  }

  private static float[] random(Random random, int n) {
    float[] v = new float[n];
    for (int i = 0; i < n; i++) v[i] = (float) random.nextGaussian();
    return v;
  }

  private static void assertSays(String part, Runnable action) {
    String message = assertThrows(InvalidArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
