package dev.sextant.benchmarks;

import dev.sextant.JourneyPlan;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.TokenJourney;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Does a long stream of journeys leave the heap flat? Goes on behind a short prompt, counts the votes of each token against
 * the runner-up, keeps none, and prints a row of a table every so often: what is alive on the heap after collections, how
 * much of that are the keys and values of the text, which grow with it, and what is left. Beside it what the journeys told
 * so far would take if they were kept.
 *
 * <pre>LongJourney MODEL_FOLDER [TOKENS]</pre>
 */
public final class LongJourney {
  private static final String PROMPT = "Once upon a time";
  private static final int TOKENS = 5000;
  private static final int EVERY = 500;
  private static final double MIB = 1 << 20;

  private final int prompt;
  private final Session sizes;
  private long told;
  private long start = System.nanoTime();

  private LongJourney(Model model) {
    prompt = model.tokenizer().encode(PROMPT).size();
    sizes = model.session();
  }

  public static void main(String[] args) {
    int tokens = args.length > 1 ? Integer.parseInt(args[1]) : TOKENS;
    try (Model model = Model.load(Path.of(args[0]))) {
      JourneyPlan plan = model.generate().prompt(PROMPT).endTokens().maxTokens(tokens).temperature(0.8).seed(1)
          .journey().votes();
      System.out.printf(Locale.ROOT, "A run that keeps all would hold %.0f MiB.%n%n", plan.forecast().bytes() / MIB);
      System.out.println("| tokens | heap in use | keys and values | the rest | told so far | tokens/s |");
      System.out.println("| --- | --- | --- | --- | --- | --- |");
      LongJourney journey = new LongJourney(model);
      System.out.println("\n" + plan.stream(journey::hear));
    }
  }

  private void hear(TokenJourney token) {
    told += token.bytes();
    int tokens = token.index() + 1;
    if (tokens % EVERY != 0) return;
    double rate = EVERY / ((System.nanoTime() - start) / 1e9);
    long used = usedHeap();
    long cache = sizes.cacheBytes(prompt + tokens - 1); // the token decided last has not passed
    System.out.printf(Locale.ROOT, "| %d | %.1f MiB | %.1f MiB | %.1f MiB | %.0f MiB | %.1f |%n", tokens, used / MIB,
        cache / MIB, (used - cache) / MIB, told / MIB, rate);
    start = System.nanoTime();
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) { // one collection may leave what another finds
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
