package dev.sextant.tokenizer.json;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Trouble with a file, in words. */
public final class Trouble {
  private Trouble() {}

  /** The file and what went wrong with it; without the names of exceptions, which say nothing to people. */
  public static String with(Path file, IOException e) {
    return file + ": cannot be read: " + switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file";
      case CharacterCodingException _ -> "not well-formed UTF-8";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> e.getMessage() == null ? "the system does not say why" : e.getMessage();
    };
  }
}
