package dev.sextant.tokenizer.text;

/** Places in a text, counted in other units. */
public final class Offsets {
  private Offsets() {}

  /** Indices of UTF-16 units as numbers of code points. */
  public static int[] inCodePoints(String text, int[] indices) {
    int[] at = new int[text.length() + 1];
    for (int i = 0; i < text.length(); i++) {
      at[i + 1] = at[i] + (isSecondHalf(text, i) ? 0 : 1);
    }
    return map(indices, at);
  }

  /** Indices of UTF-16 units as numbers of UTF-8 bytes; a lone surrogate has three. */
  public static int[] inBytes(String text, int[] indices) {
    int[] at = new int[text.length() + 1];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      at[i + 1] = at[i] + (c < 0x80 ? 1 : c < 0x800 ? 2 : isSecondHalf(text, i) ? 1 : 3); // a pair has four
    }
    return map(indices, at);
  }

  private static boolean isSecondHalf(String text, int index) {
    return index > 0 && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
  }

  private static int[] map(int[] indices, int[] at) {
    int[] mapped = new int[indices.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = at[indices[i]];
    }
    return mapped;
  }
}
