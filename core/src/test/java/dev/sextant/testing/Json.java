package dev.sextant.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value in memory, for tests.
 *
 * @param value a Map, List, Double, String or Boolean; null for null
 */
public record Json(@Nullable Object value) {

  public static Json read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Json parse(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      return new Json(value(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The member of an object; an error when it is not there. */
  public Json get(String key) {
    if (!has(key)) throw new IllegalStateException("no \"" + key + "\" in " + value);
    return new Json(map().get(key));
  }

  public boolean has(String key) {
    return map().containsKey(key);
  }

  /** The keys of an object, in the order of the file. */
  public List<String> keys() {
    return map().keySet().stream().map(String.class::cast).toList();
  }

  /** The elements of an array. */
  public List<Json> list() {
    if (value instanceof List<?> list) return list.stream().map(Json::new).toList();
    throw new IllegalStateException(value + " is not an array");
  }

  public String text() {
    return String.valueOf(value);
  }

  /** A number, or one of the texts -Infinity, Infinity, NaN. */
  public double number() {
    return value instanceof Double number ? number : Double.parseDouble(text());
  }

  public int integer() {
    return Math.toIntExact((long) number());
  }

  public boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  public double[] numbers() {
    return list().stream().mapToDouble(Json::number).toArray();
  }

  public int[] integers() {
    return list().stream().mapToInt(Json::integer).toArray();
  }

  public List<String> texts() {
    return list().stream().map(Json::text).toList();
  }

  private Map<?, ?> map() {
    if (value instanceof Map<?, ?> map) return map;
    throw new IllegalStateException(value + " is not an object");
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("unexpected " + parser.currentToken());
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      members.put(key, value(parser));
    }
    return members;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) elements.add(value(parser));
    return elements;
  }
}
