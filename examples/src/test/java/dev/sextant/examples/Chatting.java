package dev.sextant.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The bundled model with a chat template, which it has not by itself. */
public final class Chatting {
  private Chatting() {}

  /** Makes it in an empty folder, which is returned. */
  public static Path model(Path folder, String template) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("models/storm"))) {
      List<Path> all = files.toList();
      for (Path file : all) Files.copy(file, folder.resolve(file.getFileName().toString()));
    }
    Files.writeString(folder.resolve("chat_template.jinja"), template);
    return folder;
  }
}
