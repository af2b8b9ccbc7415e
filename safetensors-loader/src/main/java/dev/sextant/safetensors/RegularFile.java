package dev.sextant.safetensors;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Opens plain files, through symbolic links, and says what else stands in their place. */
final class RegularFile {
  private RegularFile() {}

  /**
   * Opens for reading. A {@link RandomAccessFile}, not a channel alone: the first interrupted thread that asks a
   * {@link java.nio.channels.FileChannel} for its size closes it for everyone.
   *
   * @throws SafetensorsException if it is missing or no regular file
   * @throws IOException if it is there and cannot be opened
   */
  static RandomAccessFile open(Path path) throws IOException {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw SafetensorsException.in(path, "lies in a file system that cannot be mapped; only the default one can");
    }
    BasicFileAttributes attributes = attributes(path);
    if (attributes.isDirectory()) {
      throw SafetensorsException.in(path, "is a folder, not a file");
    }
    if (!attributes.isRegularFile()) { // opening a pipe would wait for a writer
      throw SafetensorsException.in(path, "is not a regular file but a pipe, socket or device");
    }
    try {
      return new RandomAccessFile(path.toFile(), "r");
    } catch (FileNotFoundException e) {
      if (Files.exists(path)) {
        throw e; // no permission
      }
      throw missing(path);
    }
  }

  /** What lies at the path, links followed; a path to nothing is refused. */
  static BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      throw missing(path);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (FileSystemException e) { // a loop of links, a name too long, a file taken for a folder
      throw new SafetensorsException(path, null, "cannot be opened: " + e.getReason(), e);
    }
  }

  private static SafetensorsException missing(Path path) {
    return SafetensorsException.in(path, Files.isSymbolicLink(path)
        ? "is a symbolic link to a file that does not exist; an unfinished download?"
        : "does not exist");
  }
}
