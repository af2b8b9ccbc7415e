package dev.sextant.report.text;

import java.util.Locale;

/** Numbers for people, the same in every country. */
public final class Numbers {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Numbers() {}

  /** A number with so many digits behind the point. */
  public static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A probability in percent. */
  public static String percent(double probability) {
    double percent = 100 * probability;
    return percent > 0 && percent < 0.05 ? "<0.1%" : decimal(percent, 1) + "%";
  }

  /** A count with separators: 2,618,240. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A size in decimal units: 5.2 MB. */
  public static String bytes(long bytes) {
    if (bytes < 1000) return bytes + " B";
    double size = bytes;
    int unit = -1;
    while (size >= 999.95 && unit < UNITS.length - 1) {
      size /= 1000;
      unit++;
    }
    return decimal(size, 1) + " " + UNITS[unit];
  }

  /** A noun after its count: 1 token, 2 tokens. */
  public static String plural(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }
}
