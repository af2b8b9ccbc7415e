package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns plain Java values into values of a template, by copying: no template ever holds an object of its caller. */
final class Input {
  private Input() {}

  static Dict dict(Map<?, ?> map) {
    return dict(map, "", 0);
  }

  private static Dict dict(Map<?, ?> map, String path, int depth) {
    Dict dict = new Dict();
    map.forEach((key, value) -> {
      if (!(key instanceof String name)) {
        throw new Failure((path.isEmpty() ? "the variables" : path) + ": a key is " + describe(key) + ", not a text");
      }
      dict.put(name, value(value, path.isEmpty() ? name : path + "." + name, depth + 1));
    });
    return dict;
  }

  private static Object value(@Nullable Object value, String path, int depth) {
    if (depth > Values.NESTING) {
      throw new Failure("the variables nest deeper than " + Values.NESTING);
    }
    return switch (value) {
      case null -> None.NONE;
      case String text -> text;
      case Boolean flag -> flag;
      case Long number -> number;
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case Byte number -> number.longValue();
      case Double number -> number;
      case Float number -> number.doubleValue();
      case List<?> list -> list(list, path, depth);
      case Map<?, ?> map -> dict(map, path, depth);
      default -> throw new Failure(path + " is " + describe(value)
          + "; expected a text, a number of at most 64 bits, a truth value, null, a list or a map");
    };
  }

  private static List<Object> list(List<?> list, String path, int depth) {
    List<Object> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add(value(item, path + "[" + items.size() + "]", depth + 1));
    }
    return items;
  }

  private static String describe(@Nullable Object value) {
    return value == null ? "null" : "of " + value.getClass();
  }
}
