package dev.sextant.architecture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.sextant.SextantException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small JSON file as plain maps, lists, strings, numbers (Long where written without point or exponent, else Double),
 * booleans and nulls. Strict: UTF-8, one object, no key twice. NaN and Infinity pass, since Python writes them.
 */
final class JsonFile {
  private static final int MAX_BYTES = 16 << 20;
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(100).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .build();

  private JsonFile() {}

  /** The object in the file. Throws {@link SextantException} naming the file when there is none. */
  static Map<String, @Nullable Object> read(Path file) {
    String name = String.valueOf(file.getFileName());
    try (JsonParser parser = FACTORY.createParser(text(file, name))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) throw new SextantException(name + ": not a JSON object");
      Map<String, @Nullable Object> object = object(parser);
      if (parser.nextToken() != null) throw new SextantException(name + ": something follows the JSON object");
      return object;
    } catch (IOException e) {
      throw new SextantException(Printable.message(name + ": not valid JSON: " + e.getMessage()), e);
    }
  }

  private static String text(Path file, String name) throws IOException {
    if (!Files.isRegularFile(file)) throw new SextantException(file + ": no such file");
    if (Files.size(file) > MAX_BYTES) {
      throw new SextantException(name + ": " + Files.size(file) + " bytes; at most " + MAX_BYTES + " are read");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text; // Windows editors put a byte order mark there
    } catch (CharacterCodingException e) {
      throw new SextantException(name + ": not valid UTF-8", e);
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      object.put(key, value(parser));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) array.add(value(parser));
    return array;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? (Object) parser.getBigIntegerValue()
          : (Object) parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }
}
