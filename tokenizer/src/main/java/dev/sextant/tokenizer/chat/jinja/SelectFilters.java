package dev.sextant.tokenizer.chat.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Filters that go through a sequence with another filter or a test; what they give is walked as it is asked for. */
final class SelectFilters {
  private SelectFilters() {}

  static void addTo(Map<String, Operation<Object>> all) {
    all.put("map", SelectFilters::map);
    all.put("select", (value, arguments, rendering) -> select(value, arguments, rendering, true, false));
    all.put("reject", (value, arguments, rendering) -> select(value, arguments, rendering, false, false));
    all.put("selectattr", (value, arguments, rendering) -> select(value, arguments, rendering, true, true));
    all.put("rejectattr", (value, arguments, rendering) -> select(value, arguments, rendering, false, true));
  }

  private static Object map(Object value, CallArguments arguments, Rendering rendering) {
    if (!Values.truth(value)) {
      return new Generator(List.of().iterator());
    }
    Function<Object, Object> change = arguments.positional().isEmpty()
        ? attribute(arguments)
        : filter(arguments, rendering);
    Iterator<Object> items = Values.iterate(value);
    return new Generator(new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public Object next() {
        rendering.budget().spend(1);
        return change.apply(items.next());
      }
    });
  }

  private static Function<Object, Object> attribute(CallArguments arguments) {
    if (!arguments.named().containsKey("attribute")) {
      throw new Failure("map: names neither a filter nor an attribute");
    }
    Bound bound = arguments.bind("map", "attribute", "default");
    return AttributePath.of(bound.get(0), bound.or(1, None.NONE))::get;
  }

  private static Function<Object, Object> filter(CallArguments arguments, Rendering rendering) {
    Object name = arguments.positional().getFirst();
    Operation<Object> filter = Filters.ALL.get(name);
    if (filter == null) {
      throw new Failure("filter '" + Printer.text(name, rendering.budget()) + "' is not supported");
    }
    return item -> filter.apply(item, arguments.rest(), rendering);
  }

  private static Object select(Object value, CallArguments arguments, Rendering rendering, boolean wanted,
      boolean byAttribute) {
    if (!Values.truth(value)) {
      return new Generator(List.of().iterator());
    }
    if (byAttribute && arguments.positional().isEmpty()) {
      throw new Failure("select: the name of the attribute is missing");
    }
    AttributePath path = AttributePath.of(byAttribute ? arguments.positional().getFirst() : None.NONE);
    Predicate<Object> test = test(byAttribute ? arguments.rest() : arguments, rendering);
    return new Generator(new FilteredIterator(Values.iterate(value), item -> {
      rendering.budget().spend(1);
      return test.test(path.get(item)) == wanted;
    }));
  }

  /** The truth of an item, unless a test is named. */
  private static Predicate<Object> test(CallArguments arguments, Rendering rendering) {
    if (arguments.positional().isEmpty()) {
      return Values::truth;
    }
    Object name = arguments.positional().getFirst();
    Operation<Object> test = Tests.ALL.get(name);
    if (test == null) {
      throw new Failure("test '" + Printer.text(name, rendering.budget()) + "' is not supported");
    }
    return item -> Values.truth(test.apply(item, arguments.rest(), rendering));
  }
}
