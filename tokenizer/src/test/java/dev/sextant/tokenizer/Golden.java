package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the reference makes of a text or of ids, held against this library. The format is described in
 * {@code golden/README.md}; keys that a case lacks have defaults.
 *
 * @param tokenizer its name
 * @param json the case
 */
record Golden(String tokenizer, Json json) {
  private static final Map<String, String> TEXTS = texts();

  /** Its streams were made knowing the end: they emit "<" where "</w>" might yet come. */
  private static final String LOOKS_AHEAD = "clip";

  /** Compatibility characters newer than the reference's tables, which are older than the JDK's. */
  private static final String NEWER_UNICODE = "unicode-16-compat";
  private static final Set<String> COMPATIBILITY = Set.of("bl-nfkc", "added-flags", "claude");

  /** The cases of a file, those that encode and those that only decode. */
  static List<Golden> cases(String tokenizer, Path file) {
    Json json = Resources.json(file);
    return Stream.concat(json.require("cases").list().stream(),
        json.require("decode_cases").list().stream()).map(one -> new Golden(tokenizer, one))
        .filter(one -> !(COMPATIBILITY.contains(tokenizer) && one.id().equals(NEWER_UNICODE))).toList();
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new HashMap<>();
    for (Json text : Resources.json("golden/texts.json").require("texts").list()) {
      texts.put(text.require("id").text(), text.require("text").text());
    }
    return texts;
  }

  String id() {
    return json.has("id") ? json.get("id").text() : "decode " + Arrays.toString(Resources.ints(json.get("ids")));
  }

  @Nullable
  String text() {
    return json.has("text") ? json.get("text").text() : json.has("id") ? TEXTS.get(json.get("id").text()) : null;
  }

  /** The ids of the case, and everything that is known of them. */
  void check(Tokenizer subject) {
    int[] ids = text() == null ? Resources.ints(json.get("ids")) : checkEncoding(subject, text());
    checkText("decode", subject.decode(ids));
    checkText("decode_skip", subject.decode(ids, true));
    if (json.has("stream")) {
      checkStream(subject, ids);
    }
  }

  private int[] checkEncoding(Tokenizer subject, String text) {
    Encoding encoding = subject.encode(text);
    int[] ids = encoding.ids();
    int[] plain = subject.encode(text, EncodeOptions.AS_IS).ids();
    if (json.has("ids")) {
      assertArrayEquals(Resources.ints(json.get("ids")), ids, where("ids"));
      assertArrayEquals(Resources.ints(json.has("plain") ? json.get("plain") : json.get("ids")), plain, where("plain"));
    } else {
      int[] head = Resources.ints(json.get("ids_head"));
      assertArrayEquals(head, Arrays.copyOf(ids, head.length), where("ids_head"));
      assertEquals(json.get("n").count(), ids.length, where("n"));
      assertEquals(json.get("ids_sha256").text(), sha256(ids), where("ids_sha256"));
      String expected = json.has("plain_sha256") ? json.get("plain_sha256").text() : json.get("ids_sha256").text();
      assertEquals(expected, sha256(plain), where("plain_sha256"));
    }
    assertEquals(ids.length, subject.count(text), where("count"));
    assertArrayEquals(ids, subject.encodeIds(text, EncodeOptions.DEFAULT), where("ids alone"));
    assertArrayEquals(plain, subject.encodeIds(text, EncodeOptions.AS_IS), where("plain ids alone"));
    checkTokens(encoding);
    return ids;
  }

  private void checkTokens(Encoding encoding) {
    if (json.has("tokens")) {
      assertEquals(json.get("tokens").list().stream().map(Json::text).toList(), encoding.tokens(), where("tokens"));
    }
    if (json.has("offsets")) {
      assertEquals(Arrays.toString(Resources.ints(json.get("offsets"))), Arrays.toString(encoding.codePointOffsets()),
          where("offsets"));
    }
  }

  private void checkText(String key, String actual) {
    if (json.has(key + "_sha256")) {
      assertEquals(json.get(key + "_sha256").text(), sha256(actual.getBytes(StandardCharsets.UTF_8)), where(key));
    } else {
      assertEquals(json.has(key) ? json.get(key).text() : text(), actual, where(key));
    }
  }

  private void checkStream(Tokenizer subject, int[] ids) {
    StreamDecoder stream = subject.streamDecoder();
    List<String> pieces = IntStream.of(ids).mapToObj(stream::accept).toList();
    List<String> expected = json.get("stream").list().stream().map(Json::text).toList();
    String end = stream.end();
    if (tokenizer.equals(LOOKS_AHEAD)) {
      checkLag(expected, pieces);
    } else {
      assertEquals(expected, pieces, where("stream"));
      assertEquals(json.has("stream_end") ? json.get("stream_end").text() : "", end, where("stream_end"));
    }
    if (!json.flagOr("stream_differs", false)) {
      assertEquals(subject.decode(ids, true), String.join("", pieces) + end, where("joined stream"));
    }
  }

  /** Our stream is never ahead, and behind by no more than could become a suffix or a character. */
  private void checkLag(List<String> expected, List<String> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 1; i <= expected.size(); i++) {
      String certain = String.join("", expected.subList(0, i));
      String emitted = String.join("", actual.subList(0, i));
      assertTrue(certain.startsWith(emitted), where("stream after " + i));
      assertTrue(certain.length() - emitted.length() <= 4, where("stream after " + i + " is late"));
    }
  }

  private String where(String what) {
    return tokenizer + ", case " + id() + ": " + what;
  }

  private static String sha256(int[] ids) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * ids.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(ids);
    return sha256(bytes.array());
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String toString() {
    return tokenizer + " " + id();
  }
}
