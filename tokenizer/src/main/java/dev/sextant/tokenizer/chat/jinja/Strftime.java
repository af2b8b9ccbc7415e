package dev.sextant.tokenizer.chat.jinja;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** A point in time as Python's strftime writes it in the C locale, without a time zone. */
final class Strftime {
  private Strftime() {}

  static String format(String format, LocalDateTime time) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      if (format.charAt(i) != '%' || i + 1 == format.length()) {
        text.append(format.charAt(i));
        continue;
      }
      i++;
      boolean unpadded = format.charAt(i) == '-' && i + 1 < format.length();
      String field = field(format.charAt(unpadded ? ++i : i), time);
      text.append(unpadded ? unpadded(field) : field);
    }
    return text.toString();
  }

  private static String unpadded(String field) {
    String stripped = field.replaceFirst("^[0 ]+", "");
    return stripped.isEmpty() ? "0" : stripped;
  }

  private static String field(char directive, LocalDateTime time) {
    return switch (directive) {
      case 'Y' -> String.valueOf(time.getYear());
      case 'y' -> two(time.getYear() % 100);
      case 'C' -> two(time.getYear() / 100);
      case 'm' -> two(time.getMonthValue());
      case 'd' -> two(time.getDayOfMonth());
      case 'e' -> String.format("%2d", time.getDayOfMonth());
      case 'j' -> String.format("%03d", time.getDayOfYear());
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH).substring(0, 3);
      case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
      case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
      case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
      case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'H' -> two(time.getHour());
      case 'I' -> two(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'M' -> two(time.getMinute());
      case 'S' -> two(time.getSecond());
      case 'f' -> String.format("%06d", time.getNano() / 1000);
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'F' -> format("%Y-%m-%d", time);
      case 'T', 'X' -> format("%H:%M:%S", time);
      case 'R' -> format("%H:%M", time);
      case 'D', 'x' -> format("%m/%d/%y", time);
      case 'c' -> format("%a %b %e %H:%M:%S %Y", time);
      case 'z', 'Z' -> "";
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> throw new Failure("strftime_now: the directive %" + directive + " is not supported");
    };
  }

  private static String two(int number) {
    return String.format("%02d", number);
  }
}
