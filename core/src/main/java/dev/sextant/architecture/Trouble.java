package dev.sextant.architecture;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Trouble with files, in words. */
public final class Trouble {
  private Trouble() {}

  /** What went wrong; without the names of exceptions, which say nothing to people. */
  public static String in(Exception e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied: " + denied.getFile();
      case NoSuchFileException missing -> "no such file or folder: " + missing.getFile();
      case FileAlreadyExistsException there -> "there is a file of that name: " + there.getFile();
      case FileSystemException other when other.getReason() != null -> other.getReason() + ": " + other.getFile();
      default -> e.getMessage() == null ? "the system does not say why" : e.getMessage();
    };
  }
}
