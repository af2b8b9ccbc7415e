package dev.sextant.tokenizer.chat.jinja;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks the items that pass a test, testing no sooner than asked. */
final class FilteredIterator implements Iterator<Object> {
  private final Iterator<Object> items;
  private final Predicate<Object> test;
  private @Nullable Object next;

  FilteredIterator(Iterator<Object> items, Predicate<Object> test) {
    this.items = items;
    this.test = test;
  }

  @Override
  public boolean hasNext() {
    while (next == null && items.hasNext()) {
      Object item = items.next();
      if (test.test(item)) {
        next = item;
      }
    }
    return next != null;
  }

  @Override
  public Object next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Object item = next;
    next = null;
    return item;
  }
}
