package dev.sextant.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file written under another name in the same folder, which takes the place of an earlier one whole or vanishes. */
final class Replacement {
  private Replacement() {}

  /** What goes into the file. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Links are followed. What is there but is no file, such as a pipe, is written to as it is. */
  static void of(Path file, Content content) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      try (OutputStream out = Files.newOutputStream(file)) {
        content.write(out);
      }
      return;
    }
    Path target = Files.exists(file) ? file.toRealPath() : file;
    // Not Files.createTempFile: the result must get the permissions of any new file.
    Path temporary = target.resolveSibling(".sextant-" + UUID.randomUUID() + ".tmp");
    try {
      fill(temporary, content, target);
    } catch (FileSystemException e) {
      throw temporary.toString().equals(e.getFile()) ? about(file, e) : e;
    }
  }

  private static void fill(Path temporary, Content content, Path target) throws IOException {
    OutputStream file = Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      try (file) {
        content.write(file);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The same trouble, told of the file that was asked for. */
  private static FileSystemException about(Path file, FileSystemException e) {
    String name = file.toString();
    FileSystemException told = switch (e) {
      case NoSuchFileException _ -> new NoSuchFileException(name);
      case AccessDeniedException _ -> new AccessDeniedException(name);
      default -> new FileSystemException(name, null, e.getReason());
    };
    told.initCause(e);
    return told;
  }
}
