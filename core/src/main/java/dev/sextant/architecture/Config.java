package dev.sextant.architecture;

import dev.sextant.SextantException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Typed look-ups in a configuration. A value of the wrong kind or range is a {@link SextantException} that names the
 * file, the key, what was found and what may stand there. Null counts as absent.
 */
public final class Config {
  private final String file;
  private final Map<String, @Nullable Object> values;

  Config(String file, Map<String, @Nullable Object> values) {
    this.file = file;
    this.values = values;
  }

  boolean has(String key) {
    return values.get(key) != null;
  }

  /** Whether the key is there, be it with the value null, which some families distinguish from its absence. */
  boolean contains(String key) {
    return values.containsKey(key);
  }

  /** Other values of the same file. */
  Config with(Map<String, @Nullable Object> otherValues) {
    return new Config(file, otherValues);
  }

  @Nullable
  Object raw(String key) {
    return values.get(key);
  }

  Iterable<String> keys() {
    return values.keySet();
  }

  /** A whole number from {@code least} on that fits an int; an absent key is an error. */
  int integer(String key, int least) {
    if (!has(key)) throw new SextantException(file + ": " + key + " is missing; it must be a whole number");
    return integer(key, values.get(key), least);
  }

  int integer(String key, int least, int absent) {
    return has(key) ? integer(key, least) : absent;
  }

  private int integer(String key, @Nullable Object value, int least) {
    if (value instanceof Long n && n >= least && n <= Integer.MAX_VALUE) return n.intValue();
    throw wrong(key, value, "a whole number from " + least + " to " + Integer.MAX_VALUE);
  }

  /** A finite number of at least (or, if strict, above) {@code least}. */
  double number(String key, double least, boolean strict) {
    if (!has(key)) throw new SextantException(file + ": " + key + " is missing; it must be a number");
    Object value = values.get(key);
    if (value instanceof Number n && Double.isFinite(n.doubleValue())
        && (strict ? n.doubleValue() > least : n.doubleValue() >= least)) {
      return n.doubleValue();
    }
    throw wrong(key, value, "a finite number " + (strict ? "above " : "of at least ") + least);
  }

  double number(String key, double least, boolean strict, double absent) {
    return has(key) ? number(key, least, strict) : absent;
  }

  boolean flag(String key, boolean absent) {
    if (!has(key)) return absent;
    if (values.get(key) instanceof Boolean flag) return flag;
    throw wrong(key, values.get(key), "true or false");
  }

  @Nullable
  String text(String key) {
    if (!has(key)) return null;
    if (values.get(key) instanceof String text) return text;
    throw wrong(key, values.get(key), "a text");
  }

  /** The object under a key, as a configuration of its own; empty if absent. */
  Config object(String key) {
    if (!has(key)) return new Config(file + ": " + key, Map.of());
    if (values.get(key) instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // JsonFile makes maps with text keys only
      Map<String, @Nullable Object> inner = (Map<String, @Nullable Object>) map;
      return new Config(file + ": " + key, inner);
    }
    throw wrong(key, values.get(key), "an object");
  }

  /** One whole number or a list of them; empty if absent. */
  int[] integers(String key) {
    if (!has(key)) return new int[0];
    List<?> list = values.get(key) instanceof List<?> several ? several : List.of(values.get(key));
    return list.stream().mapToInt(value -> integer(key, value, 0)).toArray();
  }

  /** A list of exactly so many numbers, each finite and above 0. */
  double[] positives(String key, int count) {
    if (values.get(key) instanceof List<?> list && list.size() == count
        && list.stream()
            .allMatch(n -> n instanceof Number x && Double.isFinite(x.doubleValue()) && x.doubleValue() > 0)) {
      return list.stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
    }
    throw wrong(key, values.get(key), "a list of " + count + " numbers above 0");
  }

  /** A list of exactly so many texts. */
  List<String> texts(String key, int count) {
    if (values.get(key) instanceof List<?> list && list.size() == count
        && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw wrong(key, values.get(key), "a list of " + count + " texts, one per layer");
  }

  SextantException wrong(String key, @Nullable Object found, String expected) {
    String shown = found instanceof String ? "\"" + found + "\"" : String.valueOf(found);
    if (shown.length() > 60) shown = shown.substring(0, 60) + "…";
    return error(key + " is " + shown + "; expected " + expected);
  }

  SextantException error(String message) {
    return new SextantException(Printable.message(file + ": " + message));
  }
}
