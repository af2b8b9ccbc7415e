package dev.sextant.architecture;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Trouble with files, in words. */
public final class Trouble {
  private Trouble() {}

  /**
   * What went wrong; without the names of exceptions, which say nothing to people.
   *
   * @param asked the file or folder in question; where the trouble is with another one, that is named
   */
  public static String in(Path asked, Exception e) {
    return e instanceof FileSystemException trouble ? words(trouble) + place(asked, trouble) : reason(e.getMessage());
  }

  private static String words(FileSystemException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      case FileAlreadyExistsException _ -> "there is a file of that name";
      default -> reason(e.getReason());
    };
  }

  /** As the system says it, which calls folders directories. */
  private static String reason(@Nullable String reason) {
    return switch (reason) {
      case null -> "the system does not say why";
      case "Is a directory" -> "is a folder";
      case "Not a directory" -> "a part of its path is no folder";
      default -> reason;
    };
  }

  private static String place(Path asked, FileSystemException e) {
    String file = e.getFile();
    boolean same = file == null || file.equals(asked.toString()) || file.equals(asked.toAbsolutePath().toString());
    return same ? "" : ": " + file;
  }
}
