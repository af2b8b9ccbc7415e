package dev.sextant.report.text;

/** Draws shares as bars. */
public final class Bars {
  private static final String[] EIGHTHS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

  private Bars() {}

  /**
   * A bar, exact to an eighth of a character.
   *
   * @param share of the full length, in 0..1
   * @param width full length in characters
   */
  public static String bar(double share, int width) {
    int eighths = (int) Math.round(Math.clamp(share, 0, 1) * width * 8);
    return "█".repeat(eighths / 8) + EIGHTHS[eighths % 8];
  }
}
