package dev.sextant.tokenizer;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.json.JsonInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The files of {@code src/test/resources}. */
final class Resources {
  private Resources() {}

  static Path path(String name) {
    try {
      return Path.of(Objects.requireNonNull(Resources.class.getResource("/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static Json json(String name) {
    return json(path(name));
  }

  /** Reads JSON, compressed if the name ends so. */
  static Json json(Path path) {
    if (!path.toString().endsWith(".gz")) {
      return JsonInput.read(path);
    }
    try (InputStream input = new GZIPInputStream(Files.newInputStream(path))) {
      Path plain = Files.createTempFile("golden", ".json");
      try {
        Files.copy(input, plain, StandardCopyOption.REPLACE_EXISTING);
        return JsonInput.read(plain);
      } finally {
        Files.delete(plain);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int[] ints(Json list) {
    return list.list().stream().mapToInt(Json::count).toArray();
  }
}
