package dev.sextant.tokenizer.chat.jinja;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Attributes of values: the methods of Python's types, and what a namespace or a loop holds. */
final class Attributes {
  private static final Set<String> CHANGING_DICT = Set.of("clear", "pop", "popitem", "setdefault", "update");
  private static final Set<String> CHANGING_LIST = Set.of("append", "clear", "pop", "reverse", "insert", "sort",
      "extend",
      "remove");

  private Attributes() {}

  /** {@code of.name}: the attribute of that name, else the item, else undefined. */
  static Object attribute(Object of, String name) {
    Object own = own(of, name);
    if (own instanceof Undefined && of instanceof Dict dict && !changesValue(of, name)) {
      Object item = dict.get(name);
      return item == null ? own : item;
    }
    return own;
  }

  /** The attribute of that name, not the item; undefined if there is none or a template may not have it. */
  static Object own(Object of, String name) {
    return switch (of) {
      case String text -> method(text, name, TextMethods.ALL, TextMethods.OTHERS);
      case Dict dict -> method(dict, name, CollectionMethods.OF_DICT, Set.of("fromkeys"));
      case List<?> list -> method(Values.items(list), name, CollectionMethods.OF_LIST, Set.of());
      case Tuple tuple -> method(tuple.items(), name, CollectionMethods.OF_TUPLE, Set.of());
      case Namespace namespace -> namespace.attributes().getOrDefault(name, missing(of, name));
      case Loop loop -> loop.attribute(name);
      case Macro macro when name.equals("name") -> macro.definition().signature().name();
      case Undefined undefined -> throw undefined.failure();
      case Markup markup -> throw new Failure("attributes and methods of markup are not supported");
      default -> missing(of, name);
    };
  }

  private static <T> Object method(T self, String name, Map<String, Operation<T>> methods, Set<String> others) {
    Operation<T> method = methods.get(name);
    if (method != null) {
      return new BoundMethod<>(name, self, method);
    }
    if (others.contains(name)) {
      return new BoundMethod<>(name, self, (value, arguments, rendering) -> {
        throw new Failure("method '" + name + "' is not supported");
      });
    }
    return missing(self, name);
  }

  private static Undefined missing(Object of, String name) {
    return new Undefined(changesValue(of, name)
        ? "method '" + name + "' changes its " + Values.typeName(of) + ", which a template must not"
        : "'" + Values.typeName(of) + "' object has no attribute '" + name + "'");
  }

  private static boolean changesValue(Object of, String name) {
    return of instanceof Dict && CHANGING_DICT.contains(name) || of instanceof List<?> && CHANGING_LIST.contains(name);
  }

  /** Whether a method of that name would change a list or dict. */
  static boolean changesValue(String name) {
    return CHANGING_DICT.contains(name) || CHANGING_LIST.contains(name);
  }

  /** Whether some type has a method of that name that this library knows. */
  static boolean isSupportedMethod(String name) {
    return TextMethods.ALL.containsKey(name) || CollectionMethods.OF_DICT.containsKey(name)
        || CollectionMethods.OF_LIST.containsKey(name) || CollectionMethods.OF_TUPLE.containsKey(name)
        || name.equals("cycle") || name.equals("changed");
  }
}
