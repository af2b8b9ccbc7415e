package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Those methods of str that take a text apart. */
final class TextSplits {
  private TextSplits() {}

  static void addTo(Map<String, Operation<String>> all) {
    all.put("split", (text, arguments, rendering) -> split(text, arguments, rendering, true));
    all.put("rsplit", (text, arguments, rendering) -> split(text, arguments, rendering, false));
    all.put("partition", (text, arguments, rendering) -> partition(text, arguments, true));
    all.put("rpartition", (text, arguments, rendering) -> partition(text, arguments, false));
    all.put("splitlines", (text, arguments, rendering) -> {
      List<Object> lines = lines(text, arguments.bind("splitlines", "keepends").flag(0));
      rendering.budget().values(lines.size());
      return lines;
    });
  }

  private static Object split(String text, CallArguments arguments, Rendering rendering, boolean fromLeft) {
    Bound bound = arguments.bind("split", "sep", "maxsplit");
    int most = bound.count(1, -1);
    int times = most < 0 ? Integer.MAX_VALUE : most;
    List<Object> parts;
    if (bound.isNone(0)) {
      parts = fromLeft ? words(text, times) : wordsFromRight(text, times);
    } else {
      String separator = bound.text(0);
      if (separator.isEmpty()) {
        throw new Failure("empty separator");
      }
      parts = fromLeft ? parts(text, separator, times) : partsFromRight(text, separator, times);
    }
    rendering.budget().values(parts.size());
    return parts;
  }

  private static List<Object> parts(String text, String separator, int times) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0 && parts.size() < times; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<Object> partsFromRight(String text, String separator, int times) {
    List<Object> parts = new ArrayList<>();
    int to = text.length();
    int at = text.lastIndexOf(separator);
    while (at >= 0 && parts.size() < times) {
      parts.add(text.substring(at + separator.length(), to));
      to = at;
      at = at < separator.length() ? -1 : text.lastIndexOf(separator, at - separator.length());
    }
    parts.add(text.substring(0, to));
    Collections.reverse(parts);
    return parts;
  }

  /** Parts between white space; the last, if there are more than times, with the white space that ends the text. */
  private static List<Object> words(String text, int times) {
    List<Object> words = new ArrayList<>();
    int from = Characters.skipSpace(text, 0);
    while (from < text.length() && words.size() < times) {
      int to = from;
      while (to < text.length() && !Characters.isSpace(text.charAt(to))) {
        to++;
      }
      words.add(text.substring(from, to));
      from = Characters.skipSpace(text, to);
    }
    if (from < text.length()) {
      words.add(text.substring(from));
    }
    return words;
  }

  private static List<Object> wordsFromRight(String text, int times) {
    List<Object> words = new ArrayList<>();
    String rest = Characters.stripEnd(text);
    while (!rest.isEmpty() && words.size() < times) {
      int from = rest.length();
      while (from > 0 && !Characters.isSpace(rest.charAt(from - 1))) {
        from--;
      }
      words.add(rest.substring(from));
      rest = Characters.stripEnd(rest.substring(0, from));
    }
    if (!rest.isEmpty()) {
      words.add(rest);
    }
    Collections.reverse(words);
    return words;
  }

  private static Object partition(String text, CallArguments arguments, boolean first) {
    String separator = arguments.bind("partition", "sep").text(0);
    if (separator.isEmpty()) {
      throw new Failure("empty separator");
    }
    int at = first ? text.indexOf(separator) : text.lastIndexOf(separator);
    if (at < 0) {
      return first ? Tuple.of(text, "", "") : Tuple.of("", "", text);
    }
    return Tuple.of(text.substring(0, at), separator, text.substring(at + separator.length()));
  }

  static List<Object> lines(String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = from;
      while (end < text.length() && !Characters.isLineBreak(text.charAt(end))) {
        end++;
      }
      int next = text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length());
      lines.add(text.substring(from, keepEnds ? next : end));
      from = next;
    }
    return lines;
  }
}
