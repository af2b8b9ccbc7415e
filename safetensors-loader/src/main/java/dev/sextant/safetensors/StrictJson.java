package dev.sextant.safetensors;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One JSON document, token by token, with what the streaming parser lets through by itself refused: bytes that are not
 * UTF-8, surrogates without partner, numbers that are not whole, text after the document. Duplicate names are the
 * caller's to refuse, who keeps the names anyway.
 */
final class StrictJson {
  /** Deeper nesting, longer names, texts and numbers than these are refused. */
  static final int MAX_DEPTH = 100;
  static final int MAX_NAME = 1_000_000;
  static final int MAX_TEXT = 20_000_000;
  static final int MAX_DIGITS = 1000;

  private static final int SHOWN_CHARACTERS = 60;
  private static final int MESSAGE_CHARACTERS = 300;
  private static final JsonFactory FACTORY = new JsonFactoryBuilder()
      .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false) // names of tensors do not repeat
      .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNameLength(MAX_NAME)
          .maxStringLength(MAX_TEXT).maxNumberLength(MAX_DIGITS).build())
      .build();

  /** What the tokens of one document mean. */
  interface Grammar<T> {
    T read(StrictJson json) throws IOException;
  }

  private final JsonParser parser;
  private final Path file;
  private @Nullable String tensor;

  private StrictJson(JsonParser parser, Path file) {
    this.parser = parser;
    this.file = file;
  }

  /** Reads the bytes to their end as one document; {@code what} names it in errors. */
  static <T> T parse(Path file, String what, InputStream bytes, Grammar<T> grammar) throws IOException {
    // A reader, not the bytes: given bytes, the parser guesses at UTF-16 and forgives bad UTF-8.
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    try (JsonParser parser = FACTORY.createParser(new InputStreamReader(bytes, decoder))) {
      return new StrictJson(parser, file).document(what, grammar);
    }
  }

  private <T> T document(String what, Grammar<T> grammar) throws IOException {
    try {
      parser.nextToken();
      T value = grammar.read(this);
      requireEnd(what);
      return value;
    } catch (CharacterCodingException e) {
      throw new SafetensorsException(file, null, what + " is not UTF-8", e);
    } catch (JacksonException e) {
      throw new SafetensorsException(file, tensor, what + " is not valid JSON at character "
          + parser.currentLocation().getCharOffset() + ": "
          + Text.printable(e.getOriginalMessage(), MESSAGE_CHARACTERS), e);
    }
  }

  private void requireEnd(String what) throws IOException {
    if (parser.nextToken() != null) {
      throw fail(what + " goes on after its end with " + found());
    }
  }

  /** Errors from here on are about this tensor, or about the file alone when null. */
  void about(@Nullable String newTensor) {
    tensor = newTensor;
  }

  /** An error at this place, to be thrown. */
  SafetensorsException fail(String reason) {
    return SafetensorsException.in(file, tensor, reason);
  }

  /** Moves to the next element of an array; false at its end. */
  boolean nextElement() throws IOException {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  /** Moves to the next name of an object and on to its value; null at the end of the object. */
  @Nullable
  String nextName() throws IOException {
    if (parser.nextToken() == JsonToken.END_OBJECT) {
      return null;
    }
    String name = requireText(parser.currentName(), "a name");
    parser.nextToken();
    return name;
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  void requireObject(String what) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw fail(what + " must be an object, found " + found());
    }
  }

  void requireArray(String what) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw fail(what + " must be an array, found " + found());
    }
  }

  String text(String what) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw fail(what + " must be text, found " + found());
    }
    return requireText(parser.getText(), what);
  }

  /** A whole number in 0 to 2^63 - 1, written with digits alone. */
  long wholeNumber(String what) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getTextCharacters()[parser.getTextOffset()] == '-') {
      throw fail(what + " must hold whole numbers from 0 on, found " + found());
    }
    try {
      return parser.getLongValue();
    } catch (InputCoercionException e) {
      throw fail(what + " holds " + found() + ", more than 2^63 - 1");
    }
  }

  /** Leaves out the value at hand. */
  void skip() throws IOException {
    parser.skipChildren();
  }

  private String requireText(String text, String what) {
    if (!Text.isWellFormed(text)) {
      throw fail(what + " is no text, a surrogate lacks its partner: " + Text.quote(text));
    }
    return text;
  }

  private String found() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> Text.quote(parser.getText());
      case null -> "nothing";
      default -> Text.printable(parser.getText(), SHOWN_CHARACTERS);
    };
  }
}
