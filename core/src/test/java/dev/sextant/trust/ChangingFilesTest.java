package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.SextantException;
import dev.sextant.WeightFormat;
import dev.sextant.testing.Folders;
import dev.sextant.testing.Held;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that change or vanish beneath a model while it is opened, used and saved. */
@Timeout(60)
class ChangingFilesTest {
  private static final LoadOptions PLAIN = LoadOptions.defaults().withVectorized(false);

  @TempDir
  Path temporary;
  private Path folder = Path.of("");
  private Path weights = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = Folders.withTokenizer(temporary.resolve("model"));
    weights = folder.resolve("model.safetensors");
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertEquals(List.of(), Held.below(temporary));
  }

  private void cut(long size) {
    try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The header stays, all pages behind it go: touching one raises the virtual machine's error, which becomes ours. */
  @Test
  void cutInTheMiddleOfOpening() throws IOException {
    Files.write(weights, large());
    Files.writeString(folder.resolve("config.json"), Files.readString(folder.resolve("config.json"))
        .replace("\"vocab_size\": 32", "\"vocab_size\": 2048"));
    AtomicBoolean done = new AtomicBoolean();
    DoubleConsumer cutting = _ -> {
      if (done.compareAndSet(false, true)) cut(4096);
    };
    SextantException error = assertThrows(SextantException.class,
        () -> Model.load(folder, PLAIN.withWeights(WeightFormat.Q8).withProgress(cutting)).close());
    assertTrue(error.getMessage().contains("was a file cut while mapped?"), error.getMessage());
  }

  /** The model's file with an embedding and unembedding of many pages. */
  private byte[] large() throws IOException {
    return BigVocabulary.of(folder, 2048);
  }

  @Test
  void cutBetweenTwoPassesOfASession() {
    try (Model model = Model.load(folder); Session session = model.session()) {
      session.append(1, 2, 3);
      cut(10_000);
      assertTrue(assertThrows(SextantException.class, () -> session.append(4)).getMessage().contains("shrank"));
      assertEquals(3, session.length());
      assertThrows(SextantException.class, session::distribution);
      assertThrows(SextantException.class, () -> model.save(temporary.resolve("saved")));
    }
  }

  @Test
  void cutWhileGenerating() {
    try (Model model = Model.load(folder)) {
      SextantException error = assertThrows(SextantException.class,
          () -> model.generate().ids(1).endTokens().maxTokens(50).run(token -> {
            if (token.index() == 10) cut(10_000);
          }));
      assertTrue(error.getMessage().contains("model.safetensors"), error.getMessage());
    }
  }

  @Test
  void grownWhileOpen() throws IOException {
    try (Model model = Model.load(folder)) {
      Files.write(weights, new byte[1], StandardOpenOption.APPEND);
      assertTrue(assertThrows(SextantException.class, () -> model.nextTokenDistribution(1)).getMessage()
          .contains("grew"));
    }
  }

  @Test
  void aShardDeletedBeforeOpening() throws IOException {
    Path shards = Folders.copy(Path.of("src/test/resources/golden/models/llama-bf16-sharded"),
        temporary.resolve("shards"));
    try (var files = Files.list(shards)) {
      for (Path file : files.filter(name -> name.toString().matches(".*0000.-of.*")).skip(1).toList())
        Files.delete(file);
    }
    SextantException error = assertThrows(SextantException.class, () -> Model.load(shards).close());
    assertTrue(error.getMessage().contains("does not exist"), error.getMessage());
  }

  @Test
  void withoutPermission() throws IOException {
    assumeTrue(Files.getFileStore(weights).supportsFileAttributeView("posix"));
    for (String name : List.of("model.safetensors", "config.json", "tokenizer.json")) {
      Files.setPosixFilePermissions(folder.resolve(name), Set.of());
      if (Files.isReadable(folder.resolve(name))) assumeTrue(false, "this user may read everything");
      SextantException error = assertThrows(SextantException.class, () -> Model.load(folder).close());
      assertTrue(error.getMessage().contains(name), error.getMessage());
      Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  @Test
  void savingToAFullOrForbiddenPlaceLeavesNothing() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")));
    try (Model model = Model.load(folder)) {
      Path taken = Files.write(temporary.resolve("taken"), new byte[1]);
      assertThrows(SextantException.class, () -> model.save(taken));
      assertThrows(SextantException.class, () -> model.save(temporary.resolve("partly"), done -> {
        throw new SextantException("enough");
      }));
      try (var files = Files.list(temporary.resolve("partly"))) {
        assertEquals(List.of(), files.toList());
      }
    }
  }
}
