package dev.sextant;

import dev.sextant.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a model's folder holds for text: the files of its tokenizer, of bounded size. */
final class TokenizerFiles {
  private static final String WHOLE = "tokenizer.json";
  private static final List<String> OLDER = List.of("vocab.json", "merges.txt");
  private static final List<String> OTHERS = List.of("tokenizer_config.json", "chat_template.jinja");
  /** The folder of chat templates besides the usual one. */
  static final String MORE_TEMPLATES = "additional_chat_templates";

  private TokenizerFiles() {}

  /** From a tokenizer.json, or the two files of older folders; null if there is neither. */
  static @Nullable Tokenizer read(Path folder, Limits limits) throws IOException {
    require(folder, limits);
    return areThere(folder) ? Tokenizer.load(folder) : null;
  }

  /** Whether a folder has a tokenizer. */
  static boolean areThere(Path folder) {
    return isThere(folder, WHOLE) || OLDER.stream().allMatch(name -> isThere(folder, name));
  }

  /** A link to nothing is there, and an error once it is read. */
  private static boolean isThere(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Throws {@link LimitException} if one of the tokenizer's files is too large. */
  static void require(Path folder, Limits limits) throws IOException {
    for (String name : Stream.of(List.of(WHOLE), OLDER, OTHERS).flatMap(List::stream).toList())
      requireSize(folder.resolve(name), limits);
  }

  /** Throws {@link LimitException} if one of the files that chat templates are read from is too large. */
  static void requireTemplates(Path folder, Limits limits) throws IOException {
    require(folder, limits);
    for (Path file : moreTemplates(folder)) requireSize(file, limits);
  }

  /** The files of chat templates besides the usual one. */
  static List<Path> moreTemplates(Path folder) throws IOException {
    Path more = folder.resolve(MORE_TEMPLATES);
    if (!Files.isDirectory(more)) return List.of();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(more, "*.jinja")) {
      List<Path> templates = new ArrayList<>();
      files.forEach(templates::add);
      return templates;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void requireSize(Path file, Limits limits) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) > limits.tokenizerBytes()) {
      throw new LimitException("the bytes of " + file + " are", Files.size(file), "tokenizerBytes",
          limits.tokenizerBytes());
    }
  }
}
