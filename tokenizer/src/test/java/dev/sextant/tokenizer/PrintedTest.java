package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs print of this library's objects holds no control characters of a vocabulary. */
class PrintedTest {
  @Test
  void spellingsAreEscaped(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"\\u001b\":0,\"a\":1,\"\\u001ba\":2},"
        + "\"merges\":[[\"\\u001b\",\"a\"]]}}");
    Tokenizer tokenizer = Tokenizer.load(file);
    assertEquals("[\\u001ba]", tokenizer.encode("\u001ba").toString());
    Merge merge = new Merge(0, "\u001b", "a", "\u001ba");
    assertEquals("Merge[rank=0, left=\\u001b, right=a, merged=\\u001ba]", merge.toString());
    assertEquals(List.of(new TracedToken(2, "\u001ba", List.of(merge))), tokenizer.trace("\u001ba"));
    assertEquals("TracedToken[id=2, token=\\u001ba, merges=[" + merge + "]]",
        tokenizer.trace("\u001ba").getFirst().toString());
  }
}
