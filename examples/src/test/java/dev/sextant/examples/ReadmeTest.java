package dev.sextant.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The README is true: its code is that of the samples, its commands are run by .ci/run, its links lead somewhere. So is the code in
 * docs/understanding.md.
 */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SAMPLES = Path.of("src/main/java/dev/sextant/examples");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
  private static final Pattern REGION = Pattern.compile("(?ms)^ *// @start region=\"([\\w-]+)\"\n(.*?)^ *// @end");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

  private final String readme = read(ROOT.resolve("README.md"));

  @Test
  void javaIsTheSamples() throws IOException {
    assertEquals(samples(SAMPLES), blocks("java").stream().sorted().toList());
  }

  @Test
  void javaOfWhatTheMeasuresMeanIsTheSamples() throws IOException {
    String understanding = read(ROOT.resolve("docs/understanding.md"));
    assertEquals(samples(SAMPLES.resolve("understanding")), blocks(understanding, "java").stream().sorted().toList());
  }

  @Test
  void everyCommandIsRunByTheCheck() {
    List<String> checked = read(ROOT.resolve(".ci/run")).lines().map(String::strip).toList();
    List<String> commands = blocks("sh").stream().flatMap(String::lines).toList();
    assertTrue(commands.contains("mvn -B verify") && commands.contains("./sextant journey \"The storm is\""));
    for (String command : commands) assertTrue(checked.contains(command), command);
  }

  @Test
  void theDependencyIsTheOneThatTheOutsideProjectHas() {
    String outside = read(ROOT.resolve(".ci/outside/pom.xml")).replaceAll("(?m)^ +", "");
    List<String> dependencies = blocks("xml");
    assertEquals(1, dependencies.size());
    assertTrue(outside.contains(dependencies.getFirst().replaceAll("(?m)^ +", "")), dependencies.getFirst());
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    try (Stream<Path> documents = Files.walk(ROOT.resolve("docs"))) {
      List<Path> all = new ArrayList<>(documents.filter(path -> path.toString().endsWith(".md")).toList());
      all.add(ROOT.resolve("README.md"));
      all.add(ROOT.resolve("CONTRIBUTING.md"));
      for (Path document : all) requireLinks(document);
    }
  }

  @Test
  void samplesAreShort() throws IOException {
    for (Path folder : List.of(SAMPLES, SAMPLES.resolve("understanding")))
      for (String sample : samples(folder)) assertTrue(sample.lines().count() <= 15, sample);
  }

  private static void requireLinks(Path document) {
    for (MatchResult link : LINK.matcher(read(document)).results().toList()) {
      assertTrue(Files.exists(document.resolveSibling(link.group(1))), document + ": " + link.group(1));
    }
  }

  private List<String> blocks(String language) {
    return blocks(readme, language);
  }

  private static List<String> blocks(String document, String language) {
    List<String> blocks = BLOCK.matcher(document).results().filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2)).toList();
    assertFalse(blocks.isEmpty(), language);
    return blocks;
  }

  /** The marked regions of the samples, without their indentation, sorted. */
  private static List<String> samples(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).flatMap(file -> REGION.matcher(read(file)).results())
          .map(region -> region.group(2).stripTrailing().stripIndent() + "\n").sorted().toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
