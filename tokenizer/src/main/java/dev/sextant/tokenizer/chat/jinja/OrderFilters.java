package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Filters that compare items; texts regardless of case unless told otherwise. */
final class OrderFilters {
  private OrderFilters() {}

  static void addTo(Map<String, Operation<Object>> all) {
    all.put("sort", OrderFilters::sort);
    all.put("dictsort", OrderFilters::sortDict);
    all.put("unique", OrderFilters::unique);
    all.put("min", (value, arguments, rendering) -> extreme(value, arguments.bind("min", "case_sensitive", "attribute"),
        1, rendering));
    all.put("max", (value, arguments, rendering) -> extreme(value, arguments.bind("max", "case_sensitive", "attribute"),
        -1, rendering));
  }

  private static Object caseless(Object value, boolean caseSensitive) {
    return !caseSensitive && Markup.plain(value) instanceof String text ? TextMethods.lower(text) : value;
  }

  private static Object sort(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("sort", "reverse", "case_sensitive", "attribute");
    boolean caseSensitive = bound.flag(1);
    List<AttributePath> paths = new ArrayList<>();
    if (bound.or(2, None.NONE) instanceof String several) {
      for (String one : several.split(",", -1)) {
        paths.add(AttributePath.of(one));
      }
    } else {
      paths.add(AttributePath.of(bound.or(2, None.NONE)));
    }
    Function<Object, Object> key = item -> {
      List<Object> keys = new ArrayList<>();
      paths.forEach(path -> keys.add(caseless(path.get(item), caseSensitive)));
      return keys;
    };
    return Comparisons.sorted(Values.list(value, rendering.budget()), key, bound.flag(0), rendering.budget());
  }

  private static Object sortDict(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("dictsort", "case_sensitive", "by", "reverse");
    if (!(value instanceof Dict dict)) {
      throw new Failure("dictsort: expected a dict, found '" + Values.typeName(value) + "'");
    }
    String by = bound.has(1) ? bound.text(1) : "key";
    if (!by.equals("key") && !by.equals("value")) {
      throw new Failure("dictsort: sorts by 'key' or 'value', not by '" + by + "'");
    }
    int place = by.equals("key") ? 0 : 1;
    List<Object> items = new DictView(DictView.Kind.ITEMS, dict).list();
    return Comparisons.sorted(items, item -> caseless(((Tuple) item).items().get(place), bound.flag(0)), bound.flag(2),
        rendering.budget());
  }

  private static Object unique(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("unique", "case_sensitive", "attribute");
    AttributePath path = AttributePath.of(bound.or(1, None.NONE));
    Dict seen = new Dict();
    return new Generator(new FilteredIterator(Values.iterate(value), item -> {
      rendering.budget().spend(1);
      Object key = caseless(path.get(item), bound.flag(0));
      boolean fresh = seen.get(key) == null;
      seen.put(key, true);
      return fresh;
    }));
  }

  /** The first item before (sign 1) or behind (sign -1) all others. */
  private static Object extreme(Object value, Bound bound, int sign, Rendering rendering) {
    AttributePath path = AttributePath.of(bound.or(1, None.NONE));
    Iterator<Object> items = Values.iterate(value);
    if (!items.hasNext()) {
      return new Undefined("no item to choose from, the sequence is empty");
    }
    Object chosen = items.next();
    Object chosenKey = caseless(path.get(chosen), bound.flag(0));
    while (items.hasNext()) {
      Object item = items.next();
      Object key = caseless(path.get(item), bound.flag(0));
      if (sign * Comparisons.order(key, chosenKey, rendering.budget()) < 0) {
        chosen = item;
        chosenKey = key;
      }
    }
    return chosen;
  }
}
