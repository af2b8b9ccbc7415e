package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.LimitException;
import dev.sextant.Model;
import dev.sextant.SextantException;
import dev.sextant.testing.FaultyFiles;
import dev.sextant.testing.Folders;
import dev.sextant.testing.Held;
import dev.sextant.tokenizer.Tokenizer;
import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.chat.ChatTemplate;
import dev.sextant.tokenizer.chat.ChatTemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that gives few bytes at a time, and fails at any one call. */
@Timeout(60)
class InputOutputTest {
  @TempDir
  Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = Folders.withTokenizer(temporary.resolve("model"));
    Files.createDirectories(folder.resolve("additional_chat_templates"));
    Files.writeString(folder.resolve("additional_chat_templates/other.jinja"), "x");
  }

  /** Does it with every call failing in turn: it succeeds all the same, or with an error that is ours. */
  private int failAtEveryCall(Consumer<Path> action) {
    FaultyFiles whole = new FaultyFiles(folder, 0);
    action.accept(whole.path(folder));
    int refused = 0;
    for (int failing = 1; failing <= whole.calls(); failing++) {
      FaultyFiles files = new FaultyFiles(folder, failing);
      try {
        action.accept(files.path(folder));
      } catch (TokenizerException | ChatTemplateException | SextantException e) {
        refused++;
        assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
        assertFalse(e.getMessage().contains("Exception"), e.getMessage());
      }
      assertEquals(0, files.open(), "files left open, call " + failing);
    }
    assertTrue(refused > 10, refused + " of " + whole.calls());
    return refused;
  }

  @Test
  void theTokenizer() {
    failAtEveryCall(path -> assertEquals(3, Tokenizer.load(path).count("abc")));
  }

  @Test
  void anOlderTokenizer() throws IOException {
    Files.delete(folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("vocab.json"), "{\"a\":0" + " ".repeat(1000) + "}");
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
    failAtEveryCall(path -> assertEquals(1, Tokenizer.load(path).count("a")));
  }

  @Test
  void theChatTemplate() throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), "{#" + " ".repeat(1000) + "#}x");
    failAtEveryCall(ChatTemplate::load);
  }

  /** Weights can be mapped from the default file system alone: a model ends there at the latest, having read the rest. */
  @Test
  void aModelsSmallFiles() throws Exception {
    FaultyFiles whole = new FaultyFiles(folder, 0);
    refuses(whole);
    for (int failing = 1; failing <= whole.calls(); failing++) refuses(new FaultyFiles(folder, failing));
    assertEquals(List.of(), Held.below(folder));
  }

  private void refuses(FaultyFiles files) throws InterruptedException {
    SextantException error = assertThrows(SextantException.class, () -> Model.load(files.path(folder)).close());
    assertTrue(error.getMessage().contains(folder.toString()) && !(error instanceof LimitException),
        error.getMessage());
    assertFalse(error.getMessage().contains("Exception"), error.getMessage());
    for (int i = 0; files.open() > 0 && i < 1000; i++) Thread.sleep(1); // the tokenizer's thread ends by itself
    assertEquals(0, files.open());
  }
}
