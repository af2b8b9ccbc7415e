package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}: where a loop is, what comes before and behind. Looks ahead only if asked. */
final class Loop implements Callable {
  private final int depth;
  private Iterator<Object> items;
  private int length;
  private int index = -1;
  private @Nullable Object previous;
  private @Nullable Object current;
  private @Nullable Object next;
  private @Nullable List<Object> lastChanged;
  private @Nullable Function<Object, Object> recursion;

  /** At the given depth of recursion, counted from 0. */
  Loop(Rounds rounds, int depth) {
    this.items = rounds.items();
    this.length = rounds.length();
    this.depth = depth;
  }

  void recurseWith(Function<Object, Object> newRecursion) {
    recursion = newRecursion;
  }

  /** Goes to the next item; false if there is none. */
  boolean advance() {
    Object item = peek();
    if (item == null) {
      return false;
    }
    previous = current;
    current = item;
    next = null;
    index++;
    return true;
  }

  Object current() {
    if (current == null) {
      throw new IllegalStateException("the loop has not begun");
    }
    return current;
  }

  private @Nullable Object peek() {
    if (next == null && items.hasNext()) {
      next = items.next();
    }
    return next;
  }

  int length() {
    if (length < 0) {
      peek();
      List<Object> rest = new ArrayList<>();
      items.forEachRemaining(rest::add);
      items = rest.iterator();
      length = index + 1 + (next == null ? 0 : 1) + rest.size();
    }
    return length;
  }

  Object attribute(String name) {
    return switch (name) {
      case "index" -> index + 1L;
      case "index0" -> (long) index;
      case "revindex" -> (long) length() - index;
      case "revindex0" -> length() - index - 1L;
      case "first" -> index == 0;
      case "last" -> peek() == null;
      case "length" -> (long) length();
      case "depth" -> depth + 1L;
      case "depth0" -> (long) depth;
      case "previtem" -> index == 0 || previous == null ? new Undefined("there is no previous item") : previous;
      case "nextitem" -> peek() == null ? new Undefined("there is no next item") : peek();
      case "cycle" -> new BoundMethod<>(name, this, Loop::cycle);
      case "changed" -> new BoundMethod<>(name, this, Loop::changed);
      default -> new Undefined("the loop has no attribute '" + name + "'");
    };
  }

  private static Object cycle(Loop loop, CallArguments arguments, Rendering rendering) {
    List<Object> values = arguments.positional();
    if (values.isEmpty()) {
      throw new Failure("loop.cycle() takes at least one argument");
    }
    return values.get(loop.index % values.size());
  }

  private static Object changed(Loop loop, CallArguments arguments, Rendering rendering) {
    List<Object> values = arguments.positional();
    boolean changed = loop.lastChanged == null || !Comparisons.equal(loop.lastChanged, values, rendering.budget());
    loop.lastChanged = values;
    return changed;
  }

  @Override
  public Object call(CallArguments arguments, Rendering rendering) {
    if (recursion == null) {
      throw new Failure("only a loop marked 'recursive' can be called");
    }
    return recursion.apply(arguments.bind("loop", "iterable").get(0));
  }

  @Override
  public String typeName() {
    return "LoopContext";
  }
}
