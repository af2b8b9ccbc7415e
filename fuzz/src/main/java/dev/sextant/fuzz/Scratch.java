package dev.sextant.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with one file in it, written again for every input; gone with the process. */
record Scratch(Path folder, Path file) {
  static Scratch of(String name) {
    try {
      Path folder = Files.createTempDirectory("sextant-fuzz");
      Path file = folder.resolve(name);
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit(); // files go before their folders: the last registered goes first
      return new Scratch(folder, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(byte[] data) {
    try {
      Files.write(file, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
