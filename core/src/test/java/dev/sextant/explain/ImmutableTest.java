package dev.sextant.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.Model;
import dev.sextant.TokenProbability;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody can change what public records hold. */
class ImmutableTest {
  private static final List<String> EXPORTED = List.of("", "decode", "explain", "report", "report/text", "trace");

  @Test
  void votesOfABlockAreCopied() {
    double[] heads = {1, 2};
    Votes.Block block = new Votes.Block(heads, 0, 0, 0, 0);
    heads[0] = 1e6;
    block.heads()[1] = 1e6;
    assertEquals(3, block.sum());
  }

  @Test
  void readingsOfALensAreCopied() {
    int[] ranks = {1};
    double[] probabilities = {0.5};
    float[] logits = {2};
    TokenProbability best = new TokenProbability(7, "", 0.5, 2);
    LogitLens.Reading reading = new LogitLens.Reading(List.of(best), 0, ranks, probabilities, logits);
    LogitLens lens = new LogitLens(0, new int[] {7}, List.of(reading));
    ranks[0] = reading.ranks()[0] = 9;
    probabilities[0] = reading.probabilities()[0] = 9;
    logits[0] = reading.logits()[0] = 9;
    assertEquals(1, lens.rank(0, 7));
    assertEquals(0.5, lens.probability(0, 7));
    assertEquals(2, lens.logit(0, 7));
  }

  /** A further public record with an array needs a test like the ones above. */
  @Test
  void noOtherPublicRecordHoldsAnArray() throws IOException, ClassNotFoundException {
    Path classes = Path.of(URI.create(Model.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    Set<String> found = new TreeSet<>();
    for (String name : EXPORTED) {
      try (Stream<Path> files = Files.list(classes.resolve("dev/sextant").resolve(name))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
          String path = classes.relativize(file).toString();
          Class<?> type = Class.forName(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
          boolean exposed = type.isRecord() && Modifier.isPublic(type.getModifiers());
          if (exposed && Arrays.stream(type.getRecordComponents()).anyMatch(each -> each.getType().isArray()))
            found.add(type.getName());
        }
      }
    }
    assertEquals(Set.of("dev.sextant.explain.LogitLens$Reading", "dev.sextant.explain.Votes$Block"), found);
  }
}
