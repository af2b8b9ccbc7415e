package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Filters that take sequences apart and put them together. */
final class SequenceFilters {
  private SequenceFilters() {}

  static void addTo(Map<String, Operation<Object>> all) {
    all.put("list", SequenceFilters::list);
    all.put("items", SequenceFilters::items);
    all.put("first", SequenceFilters::first);
    all.put("last", SequenceFilters::last);
    all.put("join", SequenceFilters::join);
    all.put("reverse", SequenceFilters::reverse);
    all.put("batch", SequenceFilters::batch);
    all.put("slice", SequenceFilters::slice);
  }

  private static Object list(Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind("list");
    return Values.list(value, rendering.budget());
  }

  private static Object items(Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind("items");
    return switch (value) {
      case Undefined undefined -> new Generator(List.of().iterator());
      case Dict dict -> new Generator(new DictView(DictView.Kind.ITEMS, dict).list().iterator());
      default -> throw new Failure("items: expected a dict, found '" + Values.typeName(value) + "'");
    };
  }

  private static Object first(Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind("first");
    Iterator<Object> items = Values.iterate(value);
    return items.hasNext() ? items.next() : new Undefined("there is no first item, the sequence is empty");
  }

  private static Object last(Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind("last");
    if (value instanceof Generator) {
      throw new Failure("last: a generator cannot be walked backwards; make it a list first");
    }
    List<Object> items = Values.list(value, rendering.budget());
    return items.isEmpty() ? new Undefined("there is no last item, the sequence is empty") : items.getLast();
  }

  private static Object join(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("join", "d", "attribute");
    Budget budget = rendering.budget();
    String separator = Printer.text(bound.or(0, ""), budget);
    AttributePath path = AttributePath.of(bound.or(1, None.NONE));
    TextBuffer result = new TextBuffer(budget);
    Iterator<Object> items = Values.iterate(value);
    for (String before = ""; items.hasNext(); before = separator) {
      budget.spend(1);
      result.append(before).append(Printer.text(path.get(items.next()), budget));
    }
    return result.toString();
  }

  private static Object reverse(Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind("reverse");
    if (value instanceof String text) {
      return CodePoints.reversed(text);
    }
    List<Object> items = Values.list(value, rendering.budget());
    Collections.reverse(items);
    return value instanceof Generator ? items : new Generator(items.iterator());
  }

  private static Object batch(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("batch", "linecount", "fill_with");
    int size = bound.count(0, (int) bound.integer(0));
    if (size <= 0) {
      throw new Failure("batch: the size must be positive, not " + size);
    }
    List<Object> batches = new ArrayList<>();
    List<Object> batch = new ArrayList<>();
    for (Object item : Values.list(value, rendering.budget())) {
      if (batch.size() == size) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(item);
    }
    if (!batch.isEmpty()) {
      if (!bound.isNone(1)) {
        rendering.budget().values(size);
        batch.addAll(Collections.nCopies(size - batch.size(), bound.get(1)));
      }
      batches.add(batch);
    }
    return new Generator(batches.iterator());
  }

  /** Into so many lists, the first of them longer by one where it does not come out even. */
  private static Object slice(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("slice", "slices", "fill_with");
    long slices = bound.integer(0);
    if (slices == 0) {
      throw new Failure("slice: division by zero");
    }
    List<Object> items = Values.list(value, rendering.budget());
    rendering.budget().values(Math.max(0, slices));
    List<Object> result = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < slices; i++) {
      boolean longer = i < items.size() % slices;
      int to = from + (int) (items.size() / slices) + (longer ? 1 : 0);
      List<Object> part = new ArrayList<>(items.subList(from, to));
      if (!longer && !bound.isNone(1)) {
        part.add(bound.get(1));
      }
      result.add(part);
      from = to;
    }
    return new Generator(result.iterator());
  }
}
