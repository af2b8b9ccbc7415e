package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an item a filter means: {@code "address.city"}, {@code "names.0"} or an index.
 *
 * @param otherwise what stands in for a part that is undefined; null for nothing
 */
record AttributePath(List<Object> parts, @Nullable Object otherwise) {
  static AttributePath of(Object attribute) {
    return of(attribute, None.NONE);
  }

  /** None means the item itself, and no stand-in. */
  static AttributePath of(Object attribute, Object otherwise) {
    List<Object> parts = new ArrayList<>();
    if (attribute instanceof String path) {
      for (String part : path.split("\\.", -1)) {
        Long index = part.matches("[0-9]{1,18}") ? Long.valueOf(part) : null;
        parts.add(index == null ? part : index);
      }
    } else if (attribute != None.NONE) {
      parts.add(attribute);
    }
    return new AttributePath(parts, otherwise == None.NONE ? null : otherwise);
  }

  Object get(Object item) {
    Object value = item;
    for (Object part : parts) {
      value = Subscripts.item(value, part);
      if (value instanceof Undefined && otherwise != null) {
        value = otherwise;
      }
    }
    return value;
  }
}
