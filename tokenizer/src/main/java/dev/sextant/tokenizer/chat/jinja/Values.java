package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;

/** What Python's built-in functions say of a value: its truth, length, items and type. */
final class Values {
  /** How deep lists and dicts may nest. */
  static final int NESTING = 200;

  private Values() {}

  static boolean truth(Object value) {
    return switch (value) {
      case Boolean flag -> flag;
      case Long number -> number != 0;
      case Double number -> number != 0;
      case None none -> false;
      case String text -> !text.isEmpty();
      case Markup markup -> !markup.text().isEmpty();
      default -> !hasLength(value) || length(value) != 0;
    };
  }

  /** Whether len() works. */
  static boolean hasLength(Object value) {
    return switch (value) {
      case String text -> true;
      case Markup markup -> true;
      case List<?> list -> true;
      case Tuple tuple -> true;
      case Dict dict -> true;
      case DictView view -> true;
      case Range range -> true;
      case Undefined undefined -> true;
      case Loop loop -> true;
      default -> false;
    };
  }

  static int length(Object value) {
    return switch (value) {
      case String text -> CodePoints.length(text);
      case Markup markup -> CodePoints.length(markup.text());
      case List<?> list -> list.size();
      case Tuple tuple -> tuple.items().size();
      case Dict dict -> dict.size();
      case DictView view -> view.dict().size();
      case Range range -> range.size();
      case Undefined undefined -> 0;
      case Loop loop -> loop.length();
      default -> throw new Failure("object of type '" + typeName(value) + "' has no len()");
    };
  }

  static boolean isIterable(Object value) {
    return value instanceof Generator || hasLength(value);
  }

  static Iterator<Object> iterate(Object value) {
    return switch (value) {
      case String text -> CodePoints.iterate(text);
      case List<?> list -> items(list).iterator();
      case Tuple tuple -> tuple.items().iterator();
      case Dict dict -> dict.keys().iterator();
      case DictView view -> view.list().iterator();
      case Range range -> LongStream.range(0, range.size()).mapToObj(i -> (Object) range.get((int) i)).iterator();
      case Generator generator -> generator.iterator();
      case Undefined undefined -> List.of().iterator();
      case Markup markup -> throw new Failure("walking the characters of markup is not supported");
      default -> throw new Failure("'" + typeName(value) + "' object is not iterable");
    };
  }

  /** All items of a value, in a list of their own. */
  static List<Object> list(Object value, Budget budget) {
    List<Object> items = new ArrayList<>();
    Iterator<Object> iterator = iterate(value);
    while (iterator.hasNext()) {
      budget.values(items.size());
      budget.spend(1);
      items.add(iterator.next());
    }
    return items;
  }

  /** A list of the template, whose items are values. */
  @SuppressWarnings("unchecked")
  static List<Object> items(List<?> list) {
    return (List<Object>) list;
  }

  static String typeName(Object value) {
    return switch (value) {
      case String text -> "str";
      case Markup markup -> "Markup";
      case Boolean flag -> "bool";
      case Long number -> "int";
      case Double number -> "float";
      case None none -> "NoneType";
      case Undefined undefined -> "Undefined";
      case List<?> list -> "list";
      case Tuple tuple -> "tuple";
      case Dict dict -> "dict";
      case DictView view -> view.typeName();
      case Range range -> "range";
      case Generator generator -> "generator";
      case Namespace namespace -> "Namespace";
      case Callable callable -> callable.typeName();
      default -> throw new IllegalStateException("not a value of a template: " + value.getClass());
    };
  }
}
