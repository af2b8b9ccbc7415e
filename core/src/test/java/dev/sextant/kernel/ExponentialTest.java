package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Test;

/** e^x in double precision, and sums of it. */
class ExponentialTest {
  private static final MathContext DIGITS = new MathContext(40);

  /** The power series, halved until it converges fast, in 40 digits. */
  private static BigDecimal exact(double x) {
    int halvings = 12;
    BigDecimal small = new BigDecimal(x).divide(BigDecimal.valueOf(1L << halvings), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 20; i++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) sum = sum.multiply(sum, DIGITS);
    return sum;
  }

  @Test
  void isWithinTwoAndAHalfUlps() {
    double worst = 0;
    for (int i = 0; i < 6000; i++) {
      double x = i < 3000 ? -i * 0.0007321 : -(i - 3000) * 0.2359;
      double found = Exponential.of(x);
      double error = new BigDecimal(found).subtract(exact(x), DIGITS).abs().doubleValue() / Math.ulp(found);
      worst = Math.max(worst, error);
    }
    assertTrue(worst <= 2.5, "worst: " + worst + " ulp");
  }

  @Test
  void oneIsExactAndWhatUnderflowsIsNegligible() {
    assertEquals(1, Exponential.of(0));
    assertEquals(Exponential.of(-708), Exponential.of(Double.NEGATIVE_INFINITY));
    assertTrue(Exponential.of(-1e300) < 1e-300);
  }

  @Test
  void sumsAreTheSameBitsFromAllKernelsAndRight() {
    for (int n : new int[] {1, 2, 7, 8, 9, 16, 31, 1000}) {
      for (double temperature : new double[] {1, 0.01, 7}) {
        float[] x = Naive.numbers(n, n);
        x[n / 2] = Float.NEGATIVE_INFINITY;
        x[n - 1] = 5;
        double expected = 0;
        for (float v : x) expected += Math.exp((v - 5.0) / temperature);
        for (Kernels kernels : List.of(Kernels.scalar(), Kernels.fastest())) {
          double sum = kernels.sumOfExponentials(x, 5, temperature);
          assertEquals(expected, sum, 1e-14 * expected, n + " numbers");
          assertEquals(Kernels.scalar().sumOfExponentials(x, 5, temperature), sum, 0, "bits");
        }
      }
    }
  }

  /** The first sums in vector code are mostly made in plain Java, until it is compiled. */
  @Test
  void theFirstSumsAreThoseOfLaterOnes() {
    float[] x = Naive.numbers(10_003, 4);
    double expected = Kernels.scalar().sumOfExponentials(x, 5, 0.7);
    Kernels fastest = Kernels.fastest();
    for (int i = 0; i < 250; i++) assertEquals(expected, fastest.sumOfExponentials(x, 5, 0.7), 0, "call " + i);
  }
}
