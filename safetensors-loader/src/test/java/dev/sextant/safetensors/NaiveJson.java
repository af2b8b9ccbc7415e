package dev.sextant.safetensors;

import java.io.Serial;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON by recursive descent over a string, duplicate names in tensors and metadata refused: maps, lists, strings, whole
 * numbers that are not negative as BigInteger; other scalars as markers.
 */
final class NaiveJson {
  static final Object NULL = new Object();
  private static final Object OTHER = new Object();
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][-+]?[0-9]++)?");
  private static final Pattern STRING = Pattern.compile(
      "\"((?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*+)\"");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u....|.)");

  /** Not legal. */
  static final class Bad extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;
  }

  private final String text;
  private int at;

  private NaiveJson(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    NaiveJson json = new NaiveJson(text);
    Object value = json.value();
    json.space();
    NaiveJudge.require(json.at == text.length());
    return value;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(String token) {
    space();
    boolean there = text.startsWith(token, at);
    at += there ? token.length() : 0;
    return there;
  }

  private Object value() {
    if (take("{")) {
      return object();
    }
    if (take("[")) {
      return array();
    }
    if (take("null")) {
      return NULL;
    }
    if (take("true") || take("false")) {
      return OTHER;
    }
    return text.startsWith("\"", at) ? string() : number();
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    if (take("}")) {
      return object;
    }
    do {
      space();
      String name = string();
      NaiveJudge.require(take(":"));
      Object value = value();
      NaiveJudge.require(object.put(name, value) == null);
    } while (take(","));
    NaiveJudge.require(take("}"));
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    if (take("]")) {
      return array;
    }
    do {
      array.add(value());
    } while (take(","));
    NaiveJudge.require(take("]"));
    return array;
  }

  private Object number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    NaiveJudge.require(number.lookingAt());
    at = number.end();
    boolean whole = number.group(2) == null && number.group(3) == null && !number.group().startsWith("-");
    return whole ? new BigInteger(number.group()) : OTHER;
  }

  private String string() {
    Matcher string = STRING.matcher(text).region(at, text.length());
    NaiveJudge.require(string.lookingAt());
    at = string.end();
    String decoded = ESCAPE.matcher(string.group(1))
        .replaceAll(escape -> Matcher.quoteReplacement(unescape(escape.group(1))));
    NaiveJudge.require(decoded.codePoints().noneMatch(point -> point >= 0xd800 && point <= 0xdfff));
    return decoded;
  }

  private static String unescape(String escape) {
    return switch (escape.charAt(0)) {
      case 'u' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      default -> escape;
    };
  }
}
