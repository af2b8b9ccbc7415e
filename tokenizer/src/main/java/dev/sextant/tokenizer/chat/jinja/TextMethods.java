package dev.sextant.tokenizer.chat.jinja;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Python's methods of str. */
final class TextMethods {
  /** Methods that a str has in Python and here only by name. */
  static final Set<String> OTHERS = Set.of("casefold", "encode", "expandtabs", "format_map", "isidentifier",
      "isnumeric",
      "isprintable", "maketrans", "swapcase", "translate");
  static final Map<String, Operation<String>> ALL = all();

  private static final char SIGMA = '\u03A3';
  /** How far to look for a letter behind a sigma. */
  private static final int SIGMA_CONTEXT = 32;

  private TextMethods() {}

  private static Map<String, Operation<String>> all() {
    Map<String, Operation<String>> all = new HashMap<>();
    all.put("strip", (text, arguments, rendering) -> strip(text, arguments, true, true));
    all.put("lstrip", (text, arguments, rendering) -> strip(text, arguments, true, false));
    all.put("rstrip", (text, arguments, rendering) -> strip(text, arguments, false, true));
    all.put("removeprefix", TextMethods::removePrefix);
    all.put("removesuffix", TextMethods::removeSuffix);
    all.put("replace", TextMethods::replace);
    all.put("join", TextMethods::join);
    all.put("zfill", TextMethods::zeroFill);
    all.put("center", (text, arguments, rendering) -> pad(text, arguments, rendering, '^'));
    all.put("ljust", (text, arguments, rendering) -> pad(text, arguments, rendering, '<'));
    all.put("rjust", (text, arguments, rendering) -> pad(text, arguments, rendering, '>'));
    all.put("format", (text, arguments, rendering) -> BraceFormat.format(text, arguments, rendering.budget()));
    simple(all, "lower", TextMethods::lower);
    simple(all, "upper", TextMethods::upper);
    simple(all, "capitalize", TextMethods::capitalize);
    simple(all, "title", TextMethods::title);
    TextSearch.addTo(all);
    TextSplits.addTo(all);
    TextKinds.addTo(all);
    return Collections.unmodifiableMap(all);
  }

  /** Adds a method without arguments. */
  static void simple(Map<String, Operation<String>> all, String name, Function<String, Object> method) {
    all.put(name, (text, arguments, rendering) -> {
      arguments.bind(name);
      return method.apply(text);
    });
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = Character.charCount(text.codePointAt(0));
    return titleCase(text.codePointAt(0)) + lower(text).substring(lower(text.substring(0, first)).length());
  }

  /** Words, of whatever has case, begin large and go on small. */
  private static String title(String text) {
    StringBuilder result = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      result.append(!inWord ? titleCase(c) : c == SIGMA ? sigma(text, i) : lower(Character.toString(c)));
      inWord = Characters.isCased(c);
    }
    return result.toString();
  }

  /** A sigma within a word, which has another shape at its end. */
  private static char sigma(String text, int at) {
    String context = "a" + text.substring(at, Math.min(text.length(), at + SIGMA_CONTEXT));
    return lower(context).charAt(1);
  }

  private static String titleCase(int c) {
    int title = Character.toTitleCase(c);
    // A letter such as ß has no single large letter, but two.
    String upper = upper(Character.toString(c));
    boolean several = title == c && !Characters.isTitle(c) && upper.codePointCount(0, upper.length()) > 1;
    if (!several) {
      return Character.toString(title);
    }
    boolean greek = c >= 0x1F00 && c <= 0x1FFF; // an iota beside the letter goes back beneath it
    return greek ? capitalizedPair(upper).replace('\u03B9', '\u0345') : capitalizedPair(upper);
  }

  private static String capitalizedPair(String upper) {
    int first = Character.charCount(upper.codePointAt(0));
    return Character.isLetter(upper.codePointAt(0)) && Characters.isUpper(upper.codePointAt(0))
        ? upper.substring(0, first) + lower(upper.substring(first))
        : upper;
  }

  /** Without white space around. */
  static String strip(String text) {
    return strip(text, true, true, Characters::isSpace);
  }

  static String strip(String text, String characters) {
    return strip(text, true, true, c -> characters.indexOf(c) >= 0);
  }

  private static Object strip(String text, CallArguments arguments, boolean left, boolean right) {
    Bound bound = arguments.bind("strip", "chars");
    if (bound.isNone(0)) {
      return strip(text, left, right, Characters::isSpace);
    }
    String characters = bound.text(0);
    return strip(text, left, right, c -> characters.indexOf(c) >= 0);
  }

  private static String strip(String text, boolean left, boolean right, IntPredicate goes) {
    int begin = 0;
    int end = text.length();
    while (left && begin < end && goes.test(text.codePointAt(begin))) {
      begin += Character.charCount(text.codePointAt(begin));
    }
    while (right && begin < end && goes.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(begin, end);
  }

  private static Object removePrefix(String text, CallArguments arguments, Rendering rendering) {
    String prefix = arguments.bind("removeprefix", "prefix").text(0);
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static Object removeSuffix(String text, CallArguments arguments, Rendering rendering) {
    String suffix = arguments.bind("removesuffix", "suffix").text(0);
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static Object replace(String text, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("replace", "old", "new", "count");
    return replace(text, bound.text(0), bound.text(1), bound.count(2, -1), rendering.budget());
  }

  /** Replaces the first count occurrences; all if count is negative. An empty text occurs around every character. */
  static String replace(String text, String old, String replacement, int count, Budget budget) {
    TextBuffer result = new TextBuffer(budget);
    int from = 0;
    int search = 0;
    for (int replaced = 0; replaced != count; replaced++) {
      int found = search <= text.length() ? text.indexOf(old, search) : -1;
      if (found < 0) {
        break;
      }
      budget.spend(1);
      result.append(text.substring(from, found)).append(replacement);
      from = found + old.length();
      boolean step = old.isEmpty() && found < text.length();
      search = old.isEmpty() ? found + (step ? Character.charCount(text.codePointAt(found)) : 1) : from;
    }
    return result.append(text.substring(from)).toString();
  }

  private static Object join(String separator, CallArguments arguments, Rendering rendering) {
    TextBuffer result = new TextBuffer(rendering.budget());
    String before = "";
    for (Object item : Values.list(arguments.bind("join", "iterable").get(0), rendering.budget())) {
      if (!(item instanceof String text)) {
        throw new Failure("str.join() takes only str, not " + Values.typeName(item));
      }
      result.append(before).append(text);
      before = separator;
    }
    return result.toString();
  }

  private static Object zeroFill(String text, CallArguments arguments, Rendering rendering) {
    int width = arguments.bind("zfill", "width").count(0, 0);
    rendering.budget().characters(width);
    String zeros = "0".repeat(Math.max(0, width - CodePoints.length(text)));
    boolean signed = text.startsWith("-") || text.startsWith("+");
    return signed ? text.charAt(0) + zeros + text.substring(1) : zeros + text;
  }

  private static Object pad(String text, CallArguments arguments, Rendering rendering, char alignment) {
    Bound bound = arguments.bind("just", "width", "fillchar");
    String fill = bound.has(1) ? bound.text(1) : " ";
    if (CodePoints.length(fill) != 1) {
      throw new Failure("the fill character must be exactly one character long");
    }
    bound.get(0);
    return pad(text, bound.count(0, 0), fill, alignment, rendering.budget());
  }

  /** Fills a text up to a width; centred texts as str.center does it. */
  static String pad(String text, int width, String fill, char alignment, Budget budget) {
    int missing = width - CodePoints.length(text);
    if (missing <= 0) {
      return text;
    }
    budget.characters(2L * width);
    int left = switch (alignment) {
      case '<' -> 0;
      case '>' -> missing;
      default -> missing / 2 + (missing & width & 1);
    };
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }

}
