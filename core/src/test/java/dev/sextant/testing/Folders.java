package dev.sextant.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small models in folders that tests may spoil. */
public final class Folders {
  /** Three layers, no tokenizer, a vocabulary of 32 or so. */
  public static final Path MODEL = Path.of("src/test/resources/cases/14-life-cycle/model");

  private Folders() {}

  /** A copy, one level deep. */
  public static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName().toString()));
    }
    return to;
  }

  /** The model with a tokenizer for the letters a to z, and a chat template. */
  public static Path withTokenizer(Path to) throws IOException {
    copy(MODEL, to);
    String letters = IntStream.range(0, 26).mapToObj(i -> "\"" + (char) ('a' + i) + "\":" + i)
        .collect(Collectors.joining(","));
    Files.writeString(to.resolve("tokenizer.json"),
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{" + letters + "},\"merges\":[]}}");
    Files.writeString(to.resolve("tokenizer_config.json"), "{\"bos_token\":\"a\"}");
    Files.writeString(to.resolve("generation_config.json"), "{\"eos_token_id\":[30,31]}");
    Files.writeString(to.resolve("chat_template.jinja"), "{{ messages[0]['content'] }}");
    return to;
  }

  /** A named pipe; false where there are none. */
  public static boolean makePipe(Path pipe) throws InterruptedException {
    try {
      Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
