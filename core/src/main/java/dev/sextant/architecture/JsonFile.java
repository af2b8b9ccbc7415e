package dev.sextant.architecture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.sextant.LimitException;
import dev.sextant.SextantException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(100).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .build();

  private JsonFile() {}

  /**
   * The object in the file. Throws {@link SextantException} naming the file when there is none.
   *
   * @param most bytes that the file may have
   */
  static Map<String, @Nullable Object> read(Path file, long most) {
    return parse(String.valueOf(file.getFileName()), text(file, most));
  }

  /** The object in a text that stands in a file of that name. */
  static Map<String, @Nullable Object> parse(String name, String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) throw new SextantException(name + ": not a JSON object");
      Map<String, @Nullable Object> object = object(parser);
      if (parser.nextToken() != null) throw new SextantException(name + ": something follows the JSON object");
      return object;
    } catch (JsonProcessingException e) {
      throw new SextantException(Printable.message(name + ": not valid JSON: " + e.getMessage()), e);
    } catch (IOException e) {
      throw new SextantException(name + ": cannot be read: " + Trouble.in(Path.of(name), e), e);
    }
  }

  /** The text of a file of at most so many bytes. */
  static String text(Path file, long most) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(file, most))).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text; // Windows editors put a byte order mark there
    } catch (CharacterCodingException e) {
      throw new SextantException(file.getFileName() + ": not valid UTF-8", e);
    } catch (IOException e) {
      throw new SextantException(file + ": cannot be read: " + Trouble.in(file, e), e);
    }
  }

  /** A pipe would wait for a writer, and a device never end; some file systems say 0 bytes of files that have more. */
  private static byte[] bytes(Path file, long most) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) throw new SextantException(file + ": no such file");
    if (!Files.isRegularFile(file)) throw new SextantException(file + ": not a file, nor a link to one");
    long size = Files.size(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = size > most ? new byte[0] : in.readNBytes((int) most);
      if (size <= most && in.read() < 0) return bytes;
    }
    throw new LimitException("the bytes of " + file + " are", Math.max(size, most + 1), "jsonBytes", most);
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
