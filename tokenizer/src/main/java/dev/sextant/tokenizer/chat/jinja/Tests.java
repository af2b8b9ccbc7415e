package dev.sextant.tokenizer.chat.jinja;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Jinja's tests: {@code value is defined}. */
final class Tests {
  static final Map<String, Operation<Object>> ALL = all();

  private Tests() {}

  private static Map<String, Operation<Object>> all() {
    Map<String, Operation<Object>> all = new HashMap<>();
    kinds(all);
    comparisons(all);
    simple(all, "odd", value -> remainder(value, 2L) == 1);
    simple(all, "even", value -> remainder(value, 2L) == 0);
    simple(all, "escaped", Markup.class::isInstance);
    simple(all, "filter", value -> Filters.ALL.containsKey(value));
    simple(all, "test", value -> ALL.containsKey(value));
    all.put("lower", (value, arguments, rendering) -> TextKinds.isLower(text("lower", value, arguments, rendering)));
    all.put("upper", (value, arguments, rendering) -> TextKinds.isUpper(text("upper", value, arguments, rendering)));
    all.put("divisibleby",
        (value, arguments, rendering) -> remainder(value, arguments.bind("divisibleby", "num").get(0)) == 0);
    all.put("in", (value, arguments, rendering) -> Comparisons.contains(arguments.bind("in", "seq").get(0), value,
        rendering.budget()));
    all.put("sameas", (value, arguments, rendering) -> same(value, arguments.bind("sameas", "other").get(0)));
    return Collections.unmodifiableMap(all);
  }

  private static void kinds(Map<String, Operation<Object>> all) {
    simple(all, "defined", value -> !(value instanceof Undefined));
    simple(all, "undefined", value -> value instanceof Undefined);
    simple(all, "none", value -> value == None.NONE);
    simple(all, "boolean", value -> value instanceof Boolean);
    simple(all, "true", value -> value.equals(true));
    simple(all, "false", value -> value.equals(false));
    simple(all, "integer", value -> value instanceof Long);
    simple(all, "float", value -> value instanceof Double);
    simple(all, "number", Comparisons::isNumber);
    simple(all, "string", value -> value instanceof String || value instanceof Markup);
    simple(all, "mapping", value -> value instanceof Dict);
    simple(all, "iterable", Values::isIterable);
    // Calling what is undefined fails, yet Python finds a method for it.
    simple(all, "callable", value -> value instanceof Callable || value instanceof Undefined);
    simple(all, "sequence", value -> Values.hasLength(value) && !(value instanceof DictView)
        && !(value instanceof Loop));
  }

  private static void comparisons(Map<String, Operation<Object>> all) {
    Map<String, Set<String>> names = Map.of("==", Set.of("==", "eq", "equalto"), "!=", Set.of("!=", "ne"), ">",
        Set.of(">", "gt", "greaterthan"), ">=", Set.of(">=", "ge"), "<", Set.of("<", "lt", "lessthan"), "<=",
        Set.of("<=", "le"));
    names.forEach((operator, aliases) -> aliases.forEach(alias -> all.put(alias,
        (value, arguments, rendering) -> Comparisons.holds(operator, value, arguments.bind(alias, "other").get(0),
            rendering.budget()))));
  }

  private static void simple(Map<String, Operation<Object>> all, String name, Predicate<Object> test) {
    all.put(name, (value, arguments, rendering) -> {
      arguments.bind(name);
      return test.test(value);
    });
  }

  private static String text(String test, Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind(test);
    return Printer.text(value, rendering.budget());
  }

  private static double remainder(Object value, Object divisor) {
    if (!Comparisons.isNumber(value) || !Comparisons.isNumber(divisor)) {
      throw new Failure("only a number is divided, not '" + Values.typeName(value) + "'");
    }
    return Arithmetic.toDouble(Arithmetic.remainder(value, divisor));
  }

  /** Identity, which for numbers and texts is an accident of Python's memory. */
  private static boolean same(Object value, Object other) {
    boolean accidental = List.of(String.class, Long.class, Double.class).contains(value.getClass());
    if (accidental && value.getClass() == other.getClass()) {
      throw new Failure("whether two values of type '" + Values.typeName(value) + "' are the same is not defined");
    }
    return value == other || value instanceof Boolean && value.equals(other);
  }
}
