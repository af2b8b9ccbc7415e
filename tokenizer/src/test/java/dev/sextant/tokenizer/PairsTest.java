package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.tokenizer.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of texts, truncation and padding against the reference, over every kind of post-processor. */
class PairsTest {
  @TempDir
  private Path folder;

  @Test
  void everyCaseIsWhatTheReferenceMakesOfIt() throws IOException {
    Json goldens = Resources.json("golden/pairs.json.gz");
    int checked = 0;
    for (Json golden : goldens.require("cases").list()) {
      Tokenizer tokenizer = tokenizer(golden, goldens.require("posts"));
      for (Json result : golden.require("results").list()) {
        check(tokenizer, golden, result);
        checked++;
      }
      if (golden.has("batch")) {
        checkBatch(tokenizer, golden);
      }
    }
    assertEquals(1890, checked);
  }

  /** One of the small tokenizers with other post-processor, truncation and padding. */
  private Tokenizer tokenizer(Json golden, Json posts) throws IOException {
    Json file = Resources.json("golden/small/" + golden.require("tokenizer").text() + "/tokenizer.json");
    Map<String, Json> members = new LinkedHashMap<>();
    file.names().forEach(name -> members.put(name, file.get(name)));
    members.put("truncation", golden.get("truncation"));
    members.put("padding", golden.get("padding"));
    String post = golden.require("post").text();
    if (!post.equals("as in the file")) {
      members.put("post_processor", posts.get(post));
    }
    Path written = folder.resolve("tokenizer.json");
    try (JsonGenerator generator = new JsonFactory().createGenerator(Files.newBufferedWriter(written))) {
      write(new Json("", members), generator);
    }
    return Tokenizer.load(written);
  }

  private static void write(Json json, JsonGenerator target) throws IOException {
    if (json.isObject()) {
      target.writeStartObject();
      for (String name : json.names()) {
        target.writeFieldName(name);
        write(json.get(name), target);
      }
      target.writeEndObject();
    } else if (json.isList()) {
      target.writeStartArray();
      for (Json item : json.list()) {
        write(item, target);
      }
      target.writeEndArray();
    } else {
      target.writePOJO(json.value());
    }
  }

  private static void check(Tokenizer tokenizer, Json golden, Json result) {
    EncodeOptions options = new EncodeOptions(result.require("special").flag(), true).truncated().padded();
    String first = result.require("first").text();
    if (result.has("error") || hasNoRoom(golden, result)) {
      assertThrows(TokenizerException.class, () -> encode(tokenizer, first, result, options));
      return;
    }
    Encoding encoding = encode(tokenizer, first, result, options);
    String where = golden.get("tokenizer").text() + ", " + golden.get("post").text() + ", "
        + golden.get("truncation").value() + ", " + golden.get("padding").value() + ": " + result.value();
    check(result.require("encoding"), encoding, where);
    List<Json> overflow = result.require("encoding").require("overflow").list();
    assertEquals(overflow.size(), encoding.overflow().size(), where);
    for (int i = 0; i < overflow.size(); i++) {
      check(overflow.get(i), encoding.overflow().get(i), where);
    }
    if (!result.has("second")) {
      assertArrayEquals(encoding.ids(), tokenizer.encodeIds(first, options), where);
    }
  }

  /** Whether the special tokens alone exceed the limit: the reference then does not truncate, we refuse. */
  private static boolean hasNoRoom(Json golden, Json result) {
    if (!golden.has("truncation")) {
      return false;
    }
    int[] special = Resources.ints(result.require("encoding").require("special"));
    int[] attention = Resources.ints(result.require("encoding").require("attention"));
    long added = IntStream.range(0, special.length).filter(i -> special[i] == 1 && attention[i] == 1).count();
    return added > golden.get("truncation").require("max_length").count();
  }

  private static Encoding encode(Tokenizer tokenizer, String first, Json result, EncodeOptions options) {
    return result.has("second") ? tokenizer.encode(first, result.get("second").text(), options)
        : tokenizer.encode(first, options);
  }

  private static void check(Json expected, Encoding actual, String where) {
    assertArrayEquals(Resources.ints(expected.require("ids")), actual.ids(), where);
    assertArrayEquals(Resources.ints(expected.require("types")), actual.typeIds(), where);
    assertEquals(expected.require("tokens").list().stream().map(Json::text).toList(), actual.tokens(), where);
    assertArrayEquals(Resources.ints(expected.require("offsets")), actual.codePointOffsets(), where);
    assertArrayEquals(Resources.ints(expected.require("attention")), IntStream.range(0, actual.size())
        .map(token -> actual.isPadding(token) ? 0 : 1).toArray(), where);
    assertArrayEquals(Resources.ints(expected.require("special")), IntStream.range(0, actual.size())
        .map(token -> actual.isAdded(token) ? 1 : 0).toArray(), where);
  }

  private static void checkBatch(Tokenizer tokenizer, Json golden) {
    List<String> texts = new ArrayList<>();
    for (Json result : golden.require("results").list()) {
      if (result.require("special").flag()) {
        texts.add(result.require("first").text());
      }
    }
    List<Encoding> batch = tokenizer.encodeBatch(texts, EncodeOptions.DEFAULT.truncated().padded());
    List<Json> expected = golden.require("batch").list();
    for (int i = 0; i < batch.size(); i++) {
      assertArrayEquals(Resources.ints(expected.get(i)), batch.get(i).ids(), golden.get("post").text());
    }
  }
}
