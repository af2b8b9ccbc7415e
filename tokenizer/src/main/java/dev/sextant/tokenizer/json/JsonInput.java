package dev.sextant.tokenizer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.text.Surrogates;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON file read strictly, token by token: well-formed UTF-8, no duplicate names, no lone surrogates, bounded
 * nesting, nothing after the value. Every failure is a {@link TokenizerException} that names the file and the line.
 */
public final class JsonInput implements AutoCloseable {
  /** Deeper than any tokenizer file goes. */
  private static final int NESTING = 200;

  // Names are the tokens of a vocabulary: all different, so sharing them would only cost time.
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(NESTING).build())
      .build();

  private final Path file;
  private final JsonParser parser;

  private JsonInput(Path file, JsonParser parser) {
    this.file = file;
    this.parser = parser;
  }

  /** Opens a file and steps onto its first token. */
  public static JsonInput open(Path file) {
    try {
      Reader reader = new InputStreamReader(PlainFile.open(file), StandardCharsets.UTF_8.newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT));
      JsonInput input = new JsonInput(file, FACTORY.createParser(reader));
      input.begin();
      return input;
    } catch (IOException e) {
      throw new TokenizerException(Trouble.with(file, e), e);
    }
  }

  /** Onto the first token; a file that cannot be read that far is given back. */
  private void begin() {
    try {
      next();
    } catch (Throwable failure) {
      close();
      throw failure;
    }
  }

  /** Reads JSON that stands in the program; the place is for messages. */
  public static Json parse(String place, String json) {
    try (JsonInput input = new JsonInput(Path.of(place), FACTORY.createParser(json))) {
      input.next();
      Json value = input.value("");
      input.finish();
      return value;
    } catch (IOException e) {
      throw new TokenizerException(place + ": " + e.getMessage(), e);
    }
  }

  /** Reads a whole small file. */
  public static Json read(Path file) {
    try (JsonInput input = open(file)) {
      Json value = input.value("");
      input.finish();
      return value;
    }
  }

  /** The current token; null at the end of the file. */
  public @Nullable JsonToken current() {
    return parser.currentToken();
  }

  /** Steps to the next token; null at the end of the file. */
  public @Nullable JsonToken next() {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The text of the current token: a name or a text. */
  public String text() {
    try {
      String text = parser.getText();
      if (!Surrogates.wellFormed(text)) {
        throw error("a text with half a surrogate pair");
      }
      return text;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The length of the current text in UTF-16 units. */
  public int textLength() {
    try {
      return parser.getTextLength();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Copies the current text, as it stands, to a place of an array that has room for it. */
  public void copyText(char[] target, int at) {
    try {
      System.arraycopy(parser.getTextCharacters(), parser.getTextOffset(), target, at, parser.getTextLength());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The current token as a whole number; -1 if it is anything else or does not fit in 0 to 2^31 - 1. */
  public int countOrNegative() {
    try {
      if (current() != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() != JsonParser.NumberType.INT) {
        return -1;
      }
      return parser.getIntValue();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The current token as the file spells it, for messages. */
  public String spelled() {
    try {
      String text = parser.getText();
      return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** A complaint about the current place. */
  public TokenizerException error(String reason) {
    return new TokenizerException(file + ": line " + parser.currentTokenLocation().getLineNr() + ": " + reason);
  }

  /** Fails unless the current token is the expected one. */
  public void expect(JsonToken expected, String what) {
    if (current() != expected) {
      throw error(what + ", found " + (current() == null ? "the end of the file" : spelled()));
    }
  }

  /** Fails if anything follows the value just read. */
  public void finish() {
    if (next() != null) {
      throw error("text after the end of the value");
    }
  }

  /** Skips the current value, whatever it is. */
  public void skip() {
    try {
      parser.skipChildren();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Reads the current value as a tree. */
  public Json value(String path) {
    JsonToken token = current();
    if (token == null) {
      throw new TokenizerException(file + ": the file is empty");
    }
    return new Json(file + ": " + path, switch (token) {
      case START_OBJECT -> members(path);
      case START_ARRAY -> items(path);
      case VALUE_STRING -> text();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw error("unexpected " + spelled());
    });
  }

  private Map<String, Json> members(String path) {
    Map<String, Json> members = new LinkedHashMap<>();
    while (next() == JsonToken.FIELD_NAME) {
      String name = text();
      next();
      if (members.put(name, value(path.isEmpty() ? name : path + "." + name)) != null) {
        throw error("'" + name + "' stands twice in " + (path.isEmpty() ? "the file" : path));
      }
    }
    return members;
  }

  private List<Json> items(String path) {
    List<Json> items = new ArrayList<>();
    while (next() != JsonToken.END_ARRAY) {
      items.add(value(path + "[" + items.size() + "]"));
    }
    return items;
  }

  private Object number() {
    try {
      if (current() == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
        return parser.getLongValue();
      }
      return parser.getDoubleValue();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private TokenizerException unreadable(IOException e) {
    return switch (e) {
      case CharacterCodingException coding -> new TokenizerException(file + ": not well-formed UTF-8", e);
      case JsonProcessingException syntax -> new TokenizerException(
          file + ": line " + parser.currentLocation().getLineNr() + ": not JSON: " + syntax.getOriginalMessage(), e);
      default -> new TokenizerException(Trouble.with(file, e), e);
    };
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
