package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's dict: keeps the order of insertion; 1, 1.0 and True are the same key. Not changed once built. */
final class Dict {
  /** A key as it was first given, and its value. */
  record Entry(Object key, Object value) {
    Tuple tuple() {
      return Tuple.of(key, value);
    }
  }

  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  /** Adds or replaces while the dict is being built; as in Python the first spelling of a key stays. */
  Dict put(Object key, Object value) {
    entries.merge(identity(key, 0), new Entry(key, value), (before, now) -> new Entry(before.key(), value));
    return this;
  }

  /** The value of a key; null where there is none. Fails on keys that Python cannot hash. */
  @Nullable
  Object get(Object key) {
    Entry entry = entries.get(identity(key, 0));
    return entry == null ? null : entry.value();
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  List<Object> keys() {
    List<Object> keys = new ArrayList<>(entries.size());
    entries.values().forEach(entry -> keys.add(entry.key()));
    return keys;
  }

  int size() {
    return entries.size();
  }

  static boolean hashable(Object key) {
    return !(key instanceof List<?> || key instanceof Dict || key instanceof DictView
        || key instanceof Tuple tuple && !tuple.items().stream().allMatch(Dict::hashable));
  }

  /** Equal for keys that Python holds for equal. */
  private static Object identity(Object key, int depth) {
    return switch (key) {
      case Boolean flag -> flag ? 1L : 0L;
      case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p63 -> number.longValue();
      case Tuple tuple when depth < Values.NESTING ->
        new Tuple(tuple.items().stream().map(item -> identity(item, depth + 1)).toList());
      case Tuple tuple -> throw new Failure("values nest deeper than " + Values.NESTING);
      case Markup markup -> markup.text();
      case List<?> list -> throw new Failure("unhashable type: 'list'");
      case Dict dict -> throw new Failure("unhashable type: 'dict'");
      case DictView view -> throw new Failure("unhashable type: '" + view.typeName() + "'");
      default -> key;
    };
  }
}
