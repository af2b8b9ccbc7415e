package dev.sextant.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies of the bundled model, to be changed. */
public final class DemoCopy {
  private DemoCopy() {}

  /** Makes one in an empty folder, which is returned. */
  public static Path into(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("models/storm"))) {
      List<Path> all = files.toList();
      for (Path file : all) Files.copy(file, folder.resolve(file.getFileName().toString()));
    }
    return folder;
  }

  /** The same with a chat template, which the bundled model has not by itself. */
  public static Path chatting(Path folder, String template) throws IOException {
    Files.writeString(into(folder).resolve("chat_template.jinja"), template);
    return folder;
  }
}
