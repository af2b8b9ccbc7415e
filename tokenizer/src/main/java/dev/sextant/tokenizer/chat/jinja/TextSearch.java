package dev.sextant.tokenizer.chat.jinja;

import java.util.List;
import java.util.Map;

/** Those methods of str that look for a part. */
final class TextSearch {
  private TextSearch() {}

  static void addTo(Map<String, Operation<String>> all) {
    all.put("find", (text, arguments, rendering) -> find(text, arguments, true));
    all.put("rfind", (text, arguments, rendering) -> find(text, arguments, false));
    all.put("index", (text, arguments, rendering) -> index(text, arguments, true));
    all.put("rindex", (text, arguments, rendering) -> index(text, arguments, false));
    all.put("count", TextSearch::count);
    all.put("startswith", (text, arguments, rendering) -> affix(text, arguments, true));
    all.put("endswith", (text, arguments, rendering) -> affix(text, arguments, false));
  }

  /** A part of a text, by UTF-16 units; a begin beyond the end of the text is kept, for nothing is found there. */
  private record Window(String text, int begin, int end) {
    /** From arguments that name the part, and the code points where the window begins and ends. */
    static Window of(String text, Bound bound) {
      int length = CodePoints.length(text);
      long begin = place(bound, 1, 0, length);
      long end = Math.min(length, place(bound, 2, length, length));
      return begin > length
          ? new Window(text, text.length() + 1, text.length())
          : new Window(text, CodePoints.offset(text, (int) begin), CodePoints.offset(text, (int) end));
    }

    private static long place(Bound bound, int index, int otherwise, int length) {
      long place = bound.isNone(index) ? otherwise : bound.integer(index);
      return place < 0 ? Math.max(0, place + length) : place;
    }

    boolean isValid() {
      return begin <= end;
    }

    String inside() {
      return text.substring(begin, end);
    }
  }

  private static long find(String text, CallArguments arguments, boolean first) {
    Bound bound = arguments.bind("find", "sub", "start", "end");
    String part = bound.text(0);
    Window window = Window.of(text, bound);
    if (!window.isValid()) {
      return -1;
    }
    String inside = window.inside();
    int found = first ? inside.indexOf(part) : inside.lastIndexOf(part);
    return found < 0 ? -1 : CodePoints.index(text, window.begin + found);
  }

  private static long index(String text, CallArguments arguments, boolean first) {
    long found = find(text, arguments, first);
    if (found < 0) {
      throw new Failure("str.index(): the text does not hold that part");
    }
    return found;
  }

  private static Object count(String text, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("count", "sub", "start", "end");
    String part = bound.text(0);
    Window window = Window.of(text, bound);
    if (!window.isValid()) {
      return 0L;
    }
    String inside = window.inside();
    if (part.isEmpty()) {
      return CodePoints.length(inside) + 1L;
    }
    long count = 0;
    for (int i = inside.indexOf(part); i >= 0; i = inside.indexOf(part, i + part.length())) {
      count++;
    }
    return count;
  }

  /** Several affixes may be given as a tuple. */
  private static boolean affix(String text, CallArguments arguments, boolean prefix) {
    Bound bound = arguments.bind(prefix ? "startswith" : "endswith", "affix", "start", "end");
    Window window = Window.of(text, bound);
    List<Object> affixes = bound.get(0) instanceof Tuple several ? several.items() : List.of(bound.text(0));
    for (Object one : affixes) {
      if (!(one instanceof String affix)) {
        throw new Failure("an affix must be a str, not " + Values.typeName(one));
      }
      if (window.isValid() && (prefix ? window.inside().startsWith(affix) : window.inside().endsWith(affix))) {
        return true;
      }
    }
    return false;
  }
}
