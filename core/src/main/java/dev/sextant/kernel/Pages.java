package dev.sextant.kernel;

import java.util.Arrays;

/** The memory of a cache: numbers by page and place. A page has a multiple of {@value Product#PAIRED} of them. */
sealed interface Pages {
  int count();

  /** Adds a page of so many numbers, all 0. */
  void add(int numbers);

  /** Puts {@code from[at .. at + n - 1]} in the places from {@code into} on. */
  void putRow(int page, int into, float[] from, int at, int n);

  /** The same in places a block of keys apart. */
  void putColumn(int page, int into, float[] from, int at, int n);

  /** Copies n numbers from the places from {@code at} on to {@code into[0 .. n - 1]}. */
  void copyRow(int page, int at, float[] into, int n);

  /** Makes what lies from a place on the right side of a product. */
  void multiplied(Product product, int page, int at, int stride);

  /** Single precision. */
  final class Single implements Pages {
    private float[][] pages = {};

    @Override
    public int count() {
      return pages.length;
    }

    @Override
    public void add(int numbers) {
      float[] page = new float[numbers]; // first: where memory runs out, the pages stay as they are
      pages = Arrays.copyOf(pages, pages.length + 1);
      pages[pages.length - 1] = page;
    }

    @Override
    public void putRow(int page, int into, float[] from, int at, int n) {
      System.arraycopy(from, at, pages[page], into, n);
    }

    @Override
    public void putColumn(int page, int into, float[] from, int at, int n) {
      float[] numbers = pages[page];
      for (int i = 0; i < n; i++) numbers[into + i * KeyValues.BLOCK] = from[at + i];
    }

    @Override
    public void copyRow(int page, int at, float[] into, int n) {
      System.arraycopy(pages[page], at, into, 0, n);
    }

    @Override
    public void multiplied(Product product, int page, int at, int stride) {
      product.right(pages[page], at, stride);
    }
  }

  /** BF16, in the pairs that {@link Product#pairs} describes. */
  final class Brain implements Pages {
    private static final int UPPER = 0xffff0000;

    private int[][] pages = {};

    @Override
    public int count() {
      return pages.length;
    }

    @Override
    public void add(int numbers) {
      int[] page = new int[numbers / 2]; // first: where memory runs out, the pages stay as they are
      pages = Arrays.copyOf(pages, pages.length + 1);
      pages[pages.length - 1] = page;
    }

    @Override
    public void putRow(int page, int into, float[] from, int at, int n) {
      int[] pairs = pages[page];
      for (int i = 0; i < n; i++) put(pairs, into + i, from[at + i]);
    }

    @Override
    public void putColumn(int page, int into, float[] from, int at, int n) {
      int[] pairs = pages[page];
      for (int i = 0; i < n; i++) put(pairs, into + i * KeyValues.BLOCK, from[at + i]);
    }

    private static void put(int[] pairs, int place, float number) {
      int pair = Product.pair(place);
      int bits = rounded(Float.floatToRawIntBits(number));
      pairs[pair] = Product.isUpper(place) ? pairs[pair] & ~UPPER | bits & UPPER : pairs[pair] & UPPER | bits >>> 16;
    }

    /** To the nearest BF16 number, half to even, in the upper half of the bits; a NaN stays one. */
    private static int rounded(int bits) {
      boolean nan = (bits & 0x7fffffff) > 0x7f800000;
      return nan ? bits | 0x400000 : bits + 0x7fff + (bits >>> 16 & 1);
    }

    @Override
    public void copyRow(int page, int at, float[] into, int n) {
      for (int i = 0; i < n; i++) {
        int pair = pages[page][Product.pair(at + i)];
        into[i] = Float.intBitsToFloat(Product.isUpper(at + i) ? pair & UPPER : pair << 16);
      }
    }

    @Override
    public void multiplied(Product product, int page, int at, int stride) {
      product.pairs(pages[page], at, stride);
    }
  }
}
