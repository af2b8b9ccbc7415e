package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Items and slices. */
final class Subscripts {
  private Subscripts() {}

  /** {@code of[index]}: an item, else the attribute of that name, else undefined. */
  static Object item(Object of, Object index) {
    if (of instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (of instanceof Markup || index instanceof Markup) {
      throw new Failure("items of markup, or by markup, are not supported");
    }
    Object found = Arithmetic.plain(index) instanceof Long place ? element(of, place) : null;
    if (found == null && of instanceof Dict dict && Dict.hashable(index)) {
      found = dict.get(index);
    }
    if (found != null) {
      return found;
    }
    if (index instanceof String name) {
      return Attributes.own(of, name);
    }
    return new Undefined(Values.typeName(of) + " object has no element "
        + (index instanceof Long || index instanceof Boolean ? index : "of type " + Values.typeName(index)));
  }

  /** The element of a sequence, counted from its end if negative; null if there is none. */
  private static @Nullable Object element(Object of, long index) {
    if (!isSequence(of)) {
      return null;
    }
    int length = Values.length(of);
    long place = index < 0 ? index + length : index;
    return place < 0 || place >= length ? null : elements(of).apply((int) place);
  }

  private static boolean isSequence(Object of) {
    return of instanceof String || of instanceof List<?> || of instanceof Tuple || of instanceof Range;
  }

  private static IntFunction<Object> elements(Object of) {
    return switch (of) {
      case String text -> place -> CodePoints.at(text, place);
      case List<?> list -> Values.items(list)::get;
      case Tuple tuple -> tuple.items()::get;
      case Range range -> range::get;
      default -> throw new IllegalStateException();
    };
  }

  static Object slice(Object of, Object from, Object to, Object step, Budget budget) {
    if (of instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (!isSequence(of)) {
      throw new Failure("'" + Values.typeName(of) + "' object cannot be sliced");
    }
    int length = Values.length(of);
    long stride = bound(step, 1);
    if (stride == 0) {
      throw new Failure("the step of a slice cannot be zero");
    }
    long lowest = stride > 0 ? 0 : -1;
    long highest = stride > 0 ? length : length - 1L;
    long begin = clip(bound(from, stride > 0 ? lowest : highest), from, length, lowest, highest);
    long end = clip(bound(to, stride > 0 ? highest : lowest), to, length, lowest, highest);
    long count = Math.max(0, stride > 0 ? ceilDivide(end - begin, stride) : ceilDivide(begin - end, -(double) stride));
    budget.values(count);
    return of instanceof String text
        ? sliceText(text, (int) begin, stride, (int) count)
        : sliceItems(of, begin, stride, (int) count);
  }

  private static long ceilDivide(long distance, double stride) {
    return (long) Math.ceil(distance / stride);
  }

  private static long bound(Object value, long otherwise) {
    return switch (Arithmetic.plain(value)) {
      case None none -> otherwise;
      case Long number -> number;
      default -> throw new Failure("the bounds of a slice must be integers or None, not " + Values.typeName(value));
    };
  }

  private static long clip(long bound, Object given, int length, long lowest, long highest) {
    if (given == None.NONE) {
      return bound;
    }
    return Math.clamp(bound < 0 ? Math.max(bound, -length - 1L) + length : bound, lowest, highest);
  }

  private static String sliceText(String text, int begin, long stride, int count) {
    if (stride == 1) {
      return CodePoints.between(text, begin, begin + count);
    }
    int[] codePoints = text.codePoints().toArray();
    StringBuilder result = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      result.appendCodePoint(codePoints[(int) (begin + i * stride)]);
    }
    return result.toString();
  }

  private static Object sliceItems(Object of, long begin, long stride, int count) {
    if (of instanceof Range range) {
      long start = range.start() + begin * range.step();
      return new Range(start, start + count * stride * range.step(), stride * range.step());
    }
    IntFunction<Object> elements = elements(of);
    List<Object> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(elements.apply((int) (begin + i * stride)));
    }
    return of instanceof Tuple ? new Tuple(items) : items;
  }
}
