package dev.sextant.tokenizer.chat.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Python's comparisons. */
final class Comparisons {
  private Comparisons() {}

  static boolean holds(String operator, Object left, Object right, Budget budget) {
    return switch (operator) {
      case "==" -> equal(left, right, budget);
      case "!=" -> !equal(left, right, budget);
      case "in" -> contains(right, left, budget);
      case "not in" -> !contains(right, left, budget);
      default -> ordered(operator, left, right, budget);
    };
  }

  private static boolean ordered(String operator, Object left, Object right, Budget budget) {
    if (isNaN(left) && isNumber(right) || isNumber(left) && isNaN(right)) {
      return false;
    }
    int order = order(operator, left, right, budget, 0);
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> throw new IllegalStateException(operator);
    };
  }

  static boolean equal(Object left, Object right, Budget budget) {
    return equal(left, right, budget, 0);
  }

  private static boolean equal(Object markupOrLeft, Object markupOrRight, Budget budget, int depth) {
    Object left = Markup.plain(markupOrLeft);
    Object right = Markup.plain(markupOrRight);
    budget.spend(1);
    if (left == right) {
      return !isNaN(left);
    }
    if (isNumber(left) && isNumber(right)) {
      return !isNaN(left) && !isNaN(right) && compareNumbers(left, right) == 0;
    }
    return switch (left) {
      case String text -> text.equals(right);
      case Undefined undefined -> right instanceof Undefined;
      case List<?> list -> right instanceof List<?> other
          && equal(Values.items(list), Values.items(other), budget, nested(depth));
      case Tuple tuple -> right instanceof Tuple other
          && equal(tuple.items(), other.items(), budget, nested(depth));
      case Dict dict -> right instanceof Dict other && equal(dict, other, budget, nested(depth));
      case Range range -> right instanceof Range other
          && Values.list(range, budget).equals(Values.list(other, budget));
      case DictView view -> right instanceof DictView && viewsEqual(view);
      case BoundMethod<?> method -> methodsEqual();
      default -> false; // None, namespaces, macros and functions equal only themselves
    };
  }

  private static boolean viewsEqual(DictView view) {
    throw new Failure("comparing a " + view.typeName() + " is not supported");
  }

  private static boolean methodsEqual() {
    throw new Failure("comparing methods is not supported");
  }

  private static boolean equal(List<Object> left, List<Object> right, Budget budget, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) != right.get(i) && !equal(left.get(i), right.get(i), budget, depth)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(Dict left, Dict right, Budget budget, int depth) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Dict.Entry entry : left.entries()) {
      Object other = right.get(entry.key());
      if (other == null || entry.value() != other && !equal(entry.value(), other, budget, depth)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code item in container}. */
  static boolean contains(Object container, Object markupOrItem, Budget budget) {
    Object item = Markup.plain(markupOrItem);
    return switch (Markup.plain(container)) {
      case String text -> item instanceof String part ? find(text, part, budget) : notAText(item);
      case Dict dict -> dict.get(item) != null;
      case DictView view when view.kind() == DictView.Kind.KEYS -> view.dict().get(item) != null;
      default -> {
        Iterator<Object> items = Values.iterate(container);
        boolean found = false;
        while (!found && items.hasNext()) {
          Object next = items.next();
          found = next == item || equal(next, item, budget);
        }
        yield found;
      }
    };
  }

  private static boolean find(String text, String part, Budget budget) {
    budget.characters(text.length());
    return text.contains(part);
  }

  private static boolean notAText(Object item) {
    throw new Failure("'in <str>' needs a str on its left, not " + Values.typeName(item));
  }

  /** A stable sort by keys. */
  static List<Object> sorted(List<Object> items, Function<Object, Object> key, boolean reverse, Budget budget) {
    record Keyed(Object key, Object item) {}
    List<Keyed> keyed = new ArrayList<>();
    items.forEach(item -> keyed.add(new Keyed(key.apply(item), item)));
    keyed.sort((a, b) -> {
      int order = order("<", a.key(), b.key(), budget, 0);
      return reverse ? -order : order;
    });
    return new ArrayList<>(keyed.stream().map(Keyed::item).toList());
  }

  /** Negative, zero or positive as left is before, with or behind right. */
  static int order(Object left, Object right, Budget budget) {
    return order("<", left, right, budget, 0);
  }

  private static int order(String operator, Object markupOrLeft, Object markupOrRight, Budget budget, int depth) {
    Object left = Markup.plain(markupOrLeft);
    Object right = Markup.plain(markupOrRight);
    budget.spend(1);
    if (isNaN(left) || isNaN(right)) {
      throw new Failure("not a number has no place in an order");
    }
    if (isNumber(left) && isNumber(right)) {
      return compareNumbers(left, right);
    }
    return switch (left) {
      case String text when right instanceof String other -> CodePoints.compare(text, other);
      case List<?> list when right instanceof List<?> other ->
        order(operator, Values.items(list), Values.items(other), budget, nested(depth));
      case Tuple tuple when right instanceof Tuple other ->
        order(operator, tuple.items(), other.items(), budget, nested(depth));
      case Undefined undefined -> throw undefined.failure();
      default -> throw right instanceof Undefined undefined
          ? undefined.failure()
          : new Failure("'" + operator + "' is not supported between '" + Values.typeName(left) + "' and '"
              + Values.typeName(right) + "'");
    };
  }

  private static int order(String operator, List<Object> left, List<Object> right, Budget budget, int depth) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      if (!equal(left.get(i), right.get(i), budget, depth)) {
        return order(operator, left.get(i), right.get(i), budget, depth);
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static int nested(int depth) {
    if (depth >= Values.NESTING) {
      throw new Failure("values nest deeper than " + Values.NESTING);
    }
    return depth + 1;
  }

  private static boolean isNaN(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Boolean;
  }

  /** Exactly, whatever the kinds of number. */
  private static int compareNumbers(Object left, Object right) {
    Object a = Arithmetic.plain(left);
    Object b = Arithmetic.plain(right);
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    double x = Arithmetic.toDouble(a);
    double y = Arithmetic.toDouble(b);
    if (Double.isInfinite(x) || Double.isInfinite(y) || a instanceof Double && b instanceof Double) {
      return x == y ? 0 : Double.compare(x, y);
    }
    return exact(a).compareTo(exact(b));
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal((Double) number);
  }
}
