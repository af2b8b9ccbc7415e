package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Compiled kernels keep vectors in registers, whatever ran before they were compiled. Where the compiler gives up on that, it
 * makes an object of every vector: the kernel then allocates, and takes some twenty times as long.
 */
class BoxingTest {
  private static final int ROWS = 96;
  private static final int DEPTH = 576;

  /** Narrow products, then all that goes over a vocabulary, then wide products, between two lines of output. */
  public static void main(String[] args) {
    Kernels kernels = Kernels.fastest();
    float[] logits = Naive.numbers(50_000, 1);
    multiply(kernels, 32, 3000);
    for (int i = 0; i < 300; i++) {
      kernels.sumOfExponentials(logits, 5, 1);
      kernels.dot(logits, 0, logits, 0, logits.length);
      kernels.rank(logits, 0, logits.length, i);
      kernels.firstAbove(logits, 0, logits.length, 9);
    }
    multiply(kernels, 64, 500); // compiled by now
    System.out.println("begin");
    multiply(kernels, 64, 100);
    System.out.println("end");
  }

  private static void multiply(Kernels kernels, int width, int times) {
    Product product = new Product().left(Naive.numbers(ROWS * DEPTH, 2), 0, DEPTH)
        .right(Naive.numbers(DEPTH * width, 3), 0, width).result(new float[ROWS * width], 0, width)
        .size(ROWS, DEPTH, width);
    for (int i = 0; i < times; i++) kernels.multiply(product);
  }

  @Test
  void wideProductsDoNotBoxAfterSumsOverAVocabulary() throws IOException, InterruptedException {
    String output = SameBitsTest.run(BoxingTest.class, "--add-modules=jdk.incubator.vector", "-Xbatch",
        "-XX:+UseSerialGC", "-Xmx64m", "-Xlog:gc");
    String meanwhile = output.substring(output.indexOf("begin"), output.indexOf("end" + System.lineSeparator()));
    assertTrue(!meanwhile.contains("Pause"), meanwhile); // boxes would be 1.8 GB
  }
}
