package dev.sextant.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON read by the letter of RFC 8259 and by nothing that wrote it, and only if it is pure ASCII, as ours promises to be.
 * Whatever is wrong is an {@link AssertionError}.
 */
final class PlainJson {
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final byte[] json;
  private int at;

  private PlainJson(byte[] json) {
    this.json = json;
  }

  /** The object that the whole text is: maps, lists, texts, Doubles, Booleans and nulls. */
  static Map<?, ?> object(byte[] json) {
    PlainJson reader = new PlainJson(json);
    reader.space();
    Object value = reader.value();
    reader.space();
    if (reader.at != json.length || !(value instanceof Map<?, ?> object)) throw reader.wrong("no single object");
    return object;
  }

  private @Nullable Object value() {
    return switch (peek()) {
      case '{' -> members();
      case '[' -> items();
      case '"' -> text();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> members() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    expect('{');
    if (!taken('}')) {
      do {
        space();
        String name = text();
        expect(':');
        space();
        if (members.containsKey(name)) throw wrong("a name stands twice");
        members.put(name, value());
      } while (taken(','));
      expect('}');
    }
    return members;
  }

  private List<@Nullable Object> items() {
    List<@Nullable Object> items = new ArrayList<>();
    expect('[');
    if (!taken(']')) {
      do {
        space();
        items.add(value());
      } while (taken(','));
      expect(']');
    }
    return items;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    if (next() != '"') throw wrong("no text");
    for (char c = next(); c != '"'; c = next()) {
      if (c < 0x20 || c > 0x7f) throw wrong("a character that must be escaped");
      text.append(c == '\\' ? escaped() : c);
    }
    return text.toString();
  }

  private char escaped() {
    char kind = next();
    if (kind == 'u') {
      int unit = 0;
      for (int i = 0; i < 4; i++) {
        int digit = Character.digit(next(), 16);
        if (digit < 0) throw wrong("no hexadecimal digit");
        unit = unit << 4 | digit;
      }
      return (char) unit;
    }
    int index = ESCAPES.indexOf(kind);
    if (index < 0) throw wrong("an unknown escape");
    return ESCAPED.charAt(index);
  }

  private Double number() {
    int from = at;
    while (at < json.length && "+-.0123456789eE".indexOf(json[at]) >= 0) at++;
    try {
      return Double.valueOf(new String(json, from, at - from, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw wrong("no number");
    }
  }

  private <T extends @Nullable Object> T word(String word, T value) {
    for (char c : word.toCharArray()) if (next() != c) throw wrong("not " + word);
    return value;
  }

  private void space() {
    while (at < json.length && " \t\r\n".indexOf(json[at]) >= 0) at++;
  }

  private boolean taken(char c) {
    space();
    boolean there = at < json.length && json[at] == c;
    if (there) at++;
    return there;
  }

  private void expect(char c) {
    if (!taken(c)) throw wrong("no " + c);
  }

  private char peek() {
    if (at == json.length) throw wrong("an early end");
    return (char) (json[at] & 0xff);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private AssertionError wrong(String what) {
    return new AssertionError("not JSON: " + what + " at byte " + at);
  }
}
