package dev.sextant;

import dev.sextant.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a model's folder holds for text: the files of its tokenizer, of bounded size. */
final class TokenizerFiles {
  private static final String WHOLE = "tokenizer.json";
  private static final List<String> OLDER = List.of("vocab.json", "merges.txt");
  private static final List<String> OTHERS = List.of("tokenizer_config.json", "chat_template.jinja");

  private TokenizerFiles() {}

  /** From a tokenizer.json, or the two files of older folders; null if there is neither. */
  static @Nullable Tokenizer read(Path folder, Limits limits) throws IOException {
    require(folder, limits);
    boolean there = isThere(folder, WHOLE) || OLDER.stream().allMatch(name -> isThere(folder, name));
    return there ? Tokenizer.load(folder) : null;
  }

  /** A link to nothing is there, and an error once it is read. */
  private static boolean isThere(Path folder, String name) {
    return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
  }

  /** Throws {@link LimitException} if one of them is too large. */
  static void require(Path folder, Limits limits) throws IOException {
    for (String name : Stream.of(List.of(WHOLE), OLDER, OTHERS).flatMap(List::stream).toList()) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file) && Files.size(file) > limits.tokenizerBytes()) {
        throw new LimitException("the bytes of " + file + " are", Files.size(file), "tokenizerBytes",
            limits.tokenizerBytes());
      }
    }
  }
}
