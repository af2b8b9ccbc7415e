package dev.sextant.safetensors;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links, folders, and things that are no plain files. */
@Timeout(10)
class PathsTest {
  @TempDir
  Path folder;
  private Path blob = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(folder.resolve("blobs"));
    blob = Bytes.write(folder.resolve("blobs/0a1b2c"), Bytes.file(Bytes.ONE, Bytes.BODY));
  }

  private static void opens(Path path) throws IOException {
    try (Safetensors file = Safetensors.open(path)) {
      assertArrayEquals(Bytes.BODY, file.data("a").toArray(ValueLayout.JAVA_BYTE));
    }
  }

  private static void refuses(Path path, String mention) {
    SafetensorsException error = assertThrows(SafetensorsException.class, () -> Safetensors.open(path).close());
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains(mention) && message.contains(String.valueOf(path.getFileName())), message);
  }

  private Path link(String name, String target) throws IOException {
    Path link = folder.resolve(name);
    Files.createDirectories(link.getParent());
    try {
      return Files.createSymbolicLink(link, Path.of(target));
    } catch (UnsupportedOperationException e) {
      assumeTrue(false, "no symbolic links here");
      throw e;
    }
  }

  @Test
  void theLayoutOfADownloadCacheOpens() throws IOException {
    link("snapshots/x/model.safetensors", "../../blobs/0a1b2c");
    opens(folder.resolve("snapshots/x"));
    opens(folder.resolve("snapshots/x/model.safetensors"));
    opens(link("current", "snapshots/x"));
    opens(blob);
  }

  @Test
  void shardsBehindLinksOpen() throws IOException {
    Bytes.write(folder.resolve("blobs/index"), Bytes.utf8("{\"weight_map\":{\"a\":\"part.safetensors\"}}"));
    link("snapshots/y/model.safetensors.index.json", "../../blobs/index");
    link("snapshots/y/part.safetensors", "../../blobs/0a1b2c");
    opens(folder.resolve("snapshots/y"));
    opens(folder.resolve("snapshots/y/model.safetensors.index.json"));
  }

  @Test
  void brokenLinksAreRefused() throws IOException {
    refuses(link("dangling", "nothing"), "symbolic link to a file that does not exist");
    refuses(link("loop", "loop"), "loop");
    link("model/model.safetensors", "../blobs/nothing");
    refuses(folder.resolve("model/model.safetensors"), "symbolic link");
    assertThrows(SafetensorsException.class, () -> Safetensors.inspect(folder.resolve("model")));
  }

  @Test
  void oddPathsOpen() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("ein Ordner mit Ümläuten é 雪 %20 #1"));
    Files.copy(blob, odd.resolve("model.safetensors"));
    opens(odd);
    opens(odd.resolve("model.safetensors"));
  }

  @Test
  void whatIsNotThereIsRefused() {
    refuses(folder.resolve("nowhere"), "does not exist");
    refuses(folder.resolve("x".repeat(300)), "cannot be opened");
    refuses(blob.resolve("below-a-file"), "does not exist");
  }

  @Test
  void foldersInPlaceOfFilesAreRefused() throws IOException {
    Files.createDirectories(folder.resolve("m/model.safetensors"));
    SafetensorsException error = assertThrows(SafetensorsException.class,
        () -> Safetensors.inspect(folder.resolve("m")));
    assertTrue(String.valueOf(error.getMessage()).contains("is a folder"), error::getMessage);
  }

  @Test
  void namesThatDifferInCaseOnlyAreRefused() throws IOException {
    Files.createDirectories(folder.resolve("m"));
    Files.copy(blob, folder.resolve("m/model.safetensors"));
    opens(folder.resolve("m"));
    assumeTrue(!Files.exists(folder.resolve("m/MODEL.safetensors")), "one file under both names");
    Files.copy(blob, folder.resolve("m/Model.safetensors"));
    SafetensorsException error = assertThrows(SafetensorsException.class,
        () -> Safetensors.inspect(folder.resolve("m")));
    assertTrue(String.valueOf(error.getMessage()).contains("\"Model.safetensors\""), error::getMessage);
    opens(folder.resolve("m/model.safetensors"));
  }

  @Test
  void otherFileSystemsAreRefused() throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
      Path inside = Files.copy(blob, zip.getPath("/model.safetensors"));
      refuses(inside, "cannot be mapped");
    }
  }

  @Test
  void devicesAreRefused() {
    Path device = Path.of("/dev/zero");
    assumeTrue(Files.exists(device), "no /dev/zero here");
    refuses(device, "not a regular file");
  }

  @Test
  void pipesAreRefusedWithoutWaiting() throws Exception {
    Path pipe = folder.resolve("pipe.safetensors");
    assumeTrue(makePipe(pipe), "no mkfifo here");
    refuses(pipe, "not a regular file");
    assertThrows(SafetensorsException.class, () -> Safetensors.inspect(link("to-pipe", "pipe.safetensors")));
  }

  private static boolean makePipe(Path pipe) throws InterruptedException {
    try {
      Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
      return process.waitFor(5, SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
