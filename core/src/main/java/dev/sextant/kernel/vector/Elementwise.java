package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Tiles.load;

import dev.sextant.kernel.Activation;
import dev.sextant.kernel.RotaryTable;
import jdk.incubator.vector.FloatVector;

/** Functions of each number by itself. */
final class Elementwise {
  /** The last, partly filled vector is computed in {@code lanes}: by the same code, so to the same bits. */
  static void activate(Activation f, float[] x, int from, int to, float[] lanes) {
    int whole = from + FLOATS.loopBound(to - from);
    activateVectors(f, x, from, whole);
    System.arraycopy(x, whole, lanes, 0, to - whole);
    if (whole < to) activateVectors(f, lanes, 0, COUNT);
    System.arraycopy(lanes, 0, x, whole, to - whole);
  }

  /** One loop each, so that the compiler inlines the function into it. */
  private static void activateVectors(Activation f, float[] x, int from, int to) {
    switch (f) {
      case SILU -> silu(x, from, to);
      case GELU -> gelu(x, from, to);
      case GELU_TANH -> geluTanh(x, from, to);
      case RELU -> relu(x, from, to);
    }
  }

  private static void silu(float[] x, int from, int to) {
    for (int i = from; i < to; i += COUNT) Functions.silu(load(x, i)).intoArray(x, i);
  }

  private static void gelu(float[] x, int from, int to) {
    for (int i = from; i < to; i += COUNT) Functions.gelu(load(x, i)).intoArray(x, i);
  }

  private static void geluTanh(float[] x, int from, int to) {
    for (int i = from; i < to; i += COUNT) Functions.geluTanh(load(x, i)).intoArray(x, i);
  }

  private static void relu(float[] x, int from, int to) {
    for (int i = from; i < to; i += COUNT) load(x, i).max(0).intoArray(x, i);
  }

  /** {@code x[i] = cap · tanh(x[i] · scale)}, the last vector in {@code lanes} too. */
  static void cap(float[] x, float scale, float cap, int from, int to, float[] lanes) {
    int whole = from + FLOATS.loopBound(to - from);
    capVectors(x, scale, cap, from, whole);
    System.arraycopy(x, whole, lanes, 0, to - whole);
    if (whole < to) capVectors(lanes, scale, cap, 0, COUNT);
    System.arraycopy(lanes, 0, x, whole, to - whole);
  }

  private static void capVectors(float[] x, float scale, float cap, int from, int to) {
    for (int i = from; i < to; i += COUNT) Functions.tanh(load(x, i).mul(scale)).mul(cap).intoArray(x, i);
  }

  static void add(float[] x, int from, float[] into, int at, int n) {
    int i = 0;
    for (; i <= n - COUNT; i += COUNT) load(into, at + i).add(load(x, from + i)).intoArray(into, at + i);
    for (; i < n; i++) into[at + i] += x[from + i];
  }

  static void multiply(float[] x, float[] into, int from, int to) {
    int i = from;
    for (; i <= to - COUNT; i += COUNT) load(into, i).mul(load(x, i)).intoArray(into, i);
    for (; i < to; i++) into[i] *= x[i];
  }

  static void scale(float[] x, float factor, int from, int to) {
    int i = from;
    for (; i <= to - COUNT; i += COUNT) load(x, i).mul(factor).intoArray(x, i);
    for (; i < to; i++) x[i] *= factor;
  }

  /** Two products and a sum, each rounded, in the tail as in the vectors. */
  static void rotate(float[] x, int at, RotaryTable table, int position) {
    int pairs = table.pairs();
    int angle = position * pairs;
    int i = 0;
    for (; i <= pairs - COUNT; i += COUNT) {
      FloatVector cos = load(table.cos(), angle + i);
      FloatVector sin = load(table.sin(), angle + i);
      FloatVector a = load(x, at + i);
      FloatVector b = load(x, at + pairs + i);
      a.mul(cos).sub(b.mul(sin)).intoArray(x, at + i);
      b.mul(cos).add(a.mul(sin)).intoArray(x, at + pairs + i);
    }
    for (; i < pairs; i++) {
      float cos = table.cos()[angle + i];
      float sin = table.sin()[angle + i];
      float a = x[at + i];
      float b = x[at + pairs + i];
      x[at + i] = a * cos - b * sin;
      x[at + pairs + i] = b * cos + a * sin;
    }
  }

  private Elementwise() {}
}
