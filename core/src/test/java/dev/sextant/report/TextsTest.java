package dev.sextant.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextsTest {
  /** Texts that would break out of markup, of scripts, or of strings. */
  static final List<String> HOSTILE = List.of("</script><script>alert(1)</script>", "<!--", "-->", "]]>", "\"", "'",
      "\\",
      "\u2028\u2029", "\0\u0001\u001b\u007f", "\ud800", "\udc00x", "a\ud83d", "🐈", "&lt;&#x27;", "{{journey}}",
      "${x}`");

  @Test
  void hostileTextsComeThroughAsTheyAre() throws IOException {
    Texts texts = new Texts(HOSTILE::get);
    IntStream.range(0, HOSTILE.size()).forEach(texts::note);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JourneyJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      texts.write(json);
      json.writeEndObject();
    }
    assertTrue(bytes.toString(StandardCharsets.UTF_8).chars().allMatch(c -> c >= ' ' && c < 128), "ASCII only");
    List<String> read = new ArrayList<>();
    try (JsonParser json = JourneyJson.FACTORY.createParser(bytes.toByteArray())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING) read.add(json.getText());
      }
    }
    assertEquals(HOSTILE, read);
  }
}
