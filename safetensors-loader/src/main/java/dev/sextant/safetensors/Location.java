package dev.sextant.safetensors;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that a path stands for.
 *
 * @param files at least one
 * @param index what the files shall hold together; null for a single file
 */
record Location(List<Path> files, @Nullable ShardIndex index) {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";
  private static final String INDEX_SUFFIX = ".index.json";

  static Location of(Path path, long mostHeaderBytes) throws IOException {
    Path file = RegularFile.attributes(path).isDirectory() ? inFolder(path) : path;
    if (!String.valueOf(file.getFileName()).endsWith(INDEX_SUFFIX)) {
      return new Location(List.of(file), null);
    }
    ShardIndex index = ShardIndex.read(file, mostHeaderBytes);
    return new Location(index.files(), index);
  }

  private static Path inFolder(Path folder) throws IOException {
    for (String name : List.of(SINGLE, INDEX)) {
      Path file = folder.resolve(name);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) { // a broken link is an error of its own, found later
        requireOnly(file);
        return file;
      }
    }
    throw SafetensorsException.in(folder, "holds neither " + SINGLE + " nor " + INDEX
        + "; weights in other formats must be converted to safetensors");
  }

  /** Where letters of either case are the same, one of two such files would take the other's place. */
  private static void requireOnly(Path file) throws IOException {
    String name = file.getFileName().toString();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(file.resolveSibling(""),
        other -> other.getFileName().toString().equalsIgnoreCase(name))) {
      for (Path other : all) {
        if (!other.getFileName().toString().equals(name)) {
          throw SafetensorsException.in(file, "lies beside " + Text.quote(other.getFileName().toString())
              + ", whose name differs in upper and lower case only; remove one");
        }
      }
    } catch (AccessDeniedException | NotDirectoryException e) {
      return; // a folder whose files may be opened but not listed
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** The tensors of the files, checked against the index. */
  Catalog catalog(List<Header> headers) {
    if (index != null) {
      index.check(headers);
    }
    return new Catalog(headers);
  }
}
