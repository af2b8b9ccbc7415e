package dev.sextant.tokenizer.json;

import dev.sextant.tokenizer.TokenizerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value that knows its place in its file, so that every complaint can name it. Immutable.
 *
 * @param where file and path, such as {@code tokenizer.json: decoder.decoders[1]}
 * @param value a {@code Map<String, Json>}, {@code List<Json>}, {@code String}, {@code Long}, {@code Double},
 *     {@code Boolean}, or null
 */
public record Json(String where, @Nullable Object value) {

  public TokenizerException error(String reason) {
    return new TokenizerException(where + ": " + reason);
  }

  public boolean isNull() {
    return value == null;
  }

  public boolean isText() {
    return value instanceof String;
  }

  public boolean isObject() {
    return value instanceof Map<?, ?>;
  }

  public boolean isList() {
    return value instanceof List<?>;
  }

  public String text() {
    if (value instanceof String text) {
      return text;
    }
    throw wrongType("a text");
  }

  public boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrongType("true or false");
  }

  /** A whole number from 0 to 2^31 - 1. */
  public int count() {
    if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    throw wrongType("a whole number from 0 to " + Integer.MAX_VALUE);
  }

  public double number() {
    return switch (value) {
      case Long whole -> whole;
      case Double number -> number;
      case null, default -> throw wrongType("a number");
    };
  }

  public List<Json> list() {
    if (!(value instanceof List<?> list)) {
      throw wrongType("a list");
    }
    List<Json> items = new ArrayList<>(list.size());
    for (Object item : list) {
      items.add((Json) item);
    }
    return items;
  }

  /** The names of an object's members, in the order of the file. */
  public List<String> names() {
    return object().keySet().stream().map(String.class::cast).toList();
  }

  /** The member of that name; a null value where there is none. */
  public Json get(String name) {
    return object().get(name) instanceof Json member ? member
        : new Json(where + (where.endsWith(": ") ? "" : ".") + name, null);
  }

  public boolean has(String name) {
    return !get(name).isNull();
  }

  public Json require(String name) {
    Json member = get(name);
    if (member.isNull()) {
      throw error("'" + name + "' is missing");
    }
    return member;
  }

  public boolean flagOr(String name, boolean otherwise) {
    Json member = get(name);
    return member.isNull() ? otherwise : member.flag();
  }

  public @Nullable String textOrNull(String name) {
    Json member = get(name);
    return member.isNull() ? null : member.text();
  }

  /** The refusal of a kind of piece that this library does not know. */
  public TokenizerException unsupported(String piece, String type) {
    return error(piece + " '" + type + "' is not supported");
  }

  private Map<?, ?> object() {
    if (value instanceof Map<?, ?> members) {
      return members;
    }
    throw wrongType("an object");
  }

  private TokenizerException wrongType(String expected) {
    return error("expected " + expected + ", found " + describe());
  }

  private String describe() {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> members -> "an object";
      case List<?> items -> "a list";
      case String text -> "the text '" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
      default -> value.toString();
    };
  }
}
