package dev.sextant.weights;

/**
 * The shape a tensor must have, and the settings that say so.
 *
 * @param sizes one or two sizes, outermost first
 * @param because in words, which settings ask for it
 */
record Shape(long[] sizes, String because) {
  static Shape vector(int length) {
    return new Shape(new long[] {length}, "");
  }

  static Shape matrix(int rows, int columns, String because) {
    return new Shape(new long[] {rows, columns}, because);
  }

  int rows() {
    return (int) sizes[0];
  }

  int columns() {
    return (int) sizes[1];
  }

  Shape turned() {
    return new Shape(new long[] {sizes[1], sizes[0]}, because);
  }

  @Override
  public String toString() {
    return java.util.Arrays.toString(sizes) + (because.isEmpty() ? "" : " (" + because + ")");
  }
}
