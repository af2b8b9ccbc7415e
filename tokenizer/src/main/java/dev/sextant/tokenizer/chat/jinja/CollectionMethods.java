package dev.sextant.tokenizer.chat.jinja;

import java.util.List;
import java.util.Map;

/** The methods of lists, tuples and dicts that change nothing. */
final class CollectionMethods {
  static final Map<String, Operation<Dict>> OF_DICT = Map.of("get", CollectionMethods::get, "keys",
      view(DictView.Kind.KEYS), "values", view(DictView.Kind.VALUES), "items", view(DictView.Kind.ITEMS), "copy",
      (dict, arguments, rendering) -> dict);
  static final Map<String, Operation<List<Object>>> OF_TUPLE = Map.of("count", CollectionMethods::count, "index",
      CollectionMethods::index);
  static final Map<String, Operation<List<Object>>> OF_LIST = Map.of("count", CollectionMethods::count, "index",
      CollectionMethods::index, "copy", (list, arguments, rendering) -> list);

  private CollectionMethods() {}

  private static Object get(Dict dict, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("get", "key", "default");
    Object value = dict.get(bound.get(0));
    return value == null ? bound.or(1, None.NONE) : value;
  }

  private static Operation<Dict> view(DictView.Kind kind) {
    return (dict, arguments, rendering) -> {
      arguments.bind(kind.name());
      return new DictView(kind, dict);
    };
  }

  private static Object count(List<Object> list, CallArguments arguments, Rendering rendering) {
    Object wanted = arguments.bind("count", "value").get(0);
    long count = 0;
    for (Object item : list) {
      count += item == wanted || Comparisons.equal(item, wanted, rendering.budget()) ? 1 : 0;
    }
    return count;
  }

  private static Object index(List<Object> list, CallArguments arguments, Rendering rendering) {
    Object wanted = arguments.bind("index", "value").get(0);
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) == wanted || Comparisons.equal(list.get(i), wanted, rendering.budget())) {
        return (long) i;
      }
    }
    throw new Failure("list.index(): the value is not in the list");
  }
}
