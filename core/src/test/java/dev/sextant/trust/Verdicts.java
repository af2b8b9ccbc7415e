package dev.sextant.trust;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Model;
import dev.sextant.SextantException;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.SafetensorsException;
import dev.sextant.testing.Held;
import dev.sextant.testing.Json;
import dev.sextant.tokenizer.Tokenizer;
import dev.sextant.tokenizer.TokenizerException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * For a virtual machine of its own with a heap of 256 MB: opens and uses every file of a corpus of malformed ones, one after the
 * other, and holds what happens against the manifest: verdict, message, time, and what is left of it. Prints figures; ends with
 * status 1 if something is wrong.
 */
final class Verdicts {
  private static final double MOST_SECONDS = 1;

  private final Path corpus;
  private final List<String> wrong = new ArrayList<>();
  private int refused;
  private double longest;
  private String slowest = "none";

  private Verdicts(Path corpus) {
    this.corpus = corpus;
  }

  /** @param arguments the corpus, a folder with a manifest.json */
  public static void main(String[] arguments) throws Exception {
    Verdicts verdicts = new Verdicts(Path.of(arguments[0]).toRealPath());
    List<Json> items = Json.read(verdicts.corpus.resolve("manifest.json")).get("items").list();
    for (Json item : items) verdicts.take(item);
    verdicts.wrong.forEach(System.out::println);
    System.out.printf(Locale.ROOT,
        "%d files: %d refused by exceptions of ours, %d opened and used; %d wrong; slowest %.0f ms (%s)%n",
        items.size(), verdicts.refused, items.size() - verdicts.refused, verdicts.wrong.size(), 1e3 * verdicts.longest,
        verdicts.slowest);
    System.exit(verdicts.wrong.isEmpty() ? 0 : 1);
  }

  private void take(Json item) throws Exception {
    String id = item.get("id").text();
    Path path = corpus.resolve(item.get("path").text());
    System.gc(); // so that the log of collections tells the heap used by each file, garbage included
    long begin = System.nanoTime();
    String refusal = attempt(item, path);
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (refusal != null) refused++;
    for (int again = 0; again < 2 && seconds > MOST_SECONDS; again++) { // maybe the machine was busy
      begin = System.nanoTime();
      attempt(item, path);
      seconds = Math.min(seconds, (System.nanoTime() - begin) / 1e9);
    }
    if (seconds > longest) {
      longest = seconds;
      slowest = id;
    }
    if (seconds > MOST_SECONDS) wrong.add(id + ": took " + seconds + " s");
    judge(item, id, path, refusal);
    List<String> held = Held.below(corpus);
    if (!held.isEmpty()) wrong.add(id + ": left behind " + held);
  }

  private void judge(Json item, String id, Path path, @Nullable String refusal) throws IOException {
    String verdict = item.get("verdict").text();
    if (refusal == null) {
      if (verdict.equals("reject")) wrong.add(id + ": was accepted, but " + item.get("why").text());
      return;
    }
    if (verdict.equals("accept")) wrong.add(id + ": was refused: " + refusal);
    if (!namesFile(refusal, path)) wrong.add(id + ": names no file: " + refusal);
    if (!verdict.equals("reject")) return;
    String message = refusal.toLowerCase(Locale.ROOT);
    for (String mention : item.get("mentions").texts())
      if (!message.contains(mention.toLowerCase(Locale.ROOT)))
        wrong.add(id + ": does not mention " + mention + ": " + refusal);
  }

  private static boolean namesFile(String message, Path path) throws IOException {
    if (message.contains(String.valueOf(path.getFileName()))) return true;
    if (!Files.isDirectory(path)) return false;
    try (Stream<Path> inside = Files.walk(path)) {
      Set<String> names = inside.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
      return names.stream().anyMatch(message::contains);
    }
  }

  /** What the exception says; null if there was none. Any other throwable ends the program. */
  private static @Nullable String attempt(Json item, Path path) throws IOException {
    try {
      switch (item.get("kind").text()) {
        case "safetensors" -> readTensors(path);
        case "tokenizer" -> encode(path, item);
        default -> ask(path);
      }
      return null;
    } catch (SextantException | SafetensorsException | TokenizerException | InvalidArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void readTensors(Path file) throws IOException {
    try (Safetensors opened = Safetensors.open(file)) {
      for (String name : opened.names()) {
        MemorySegment data = opened.data(name);
        if (data.byteSize() > 0) data.get(ValueLayout.JAVA_BYTE, data.byteSize() - 1);
      }
    }
  }

  private static void encode(Path file, Json item) {
    String text = item.has("probe") ? item.get("probe").get("text").text() : "the cat";
    Tokenizer tokenizer = Tokenizer.load(file);
    tokenizer.decode(tokenizer.encode(text).ids());
  }

  private static void ask(Path folder) throws IOException {
    try (Model model = Model.load(below(folder))) {
      model.nextTokenDistribution(1, 2);
    }
  }

  /** The folder itself, or the one further down that has a config.json. */
  private static Path below(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) return folder;
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("config.json")).map(Path::getParent).findFirst().orElse(folder);
    }
  }
}
