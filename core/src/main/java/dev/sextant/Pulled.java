package dev.sextant;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Streams whose elements are computed when they are pulled. */
final class Pulled {
  private Pulled() {}

  /** Not parallel; closing it ends what computes. */
  static <T> Stream<T> stream(Iterator<T> elements, Runnable end) {
    int kind = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, kind), false).onClose(end);
  }
}
