package dev.sextant.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.sextant.Generate;
import dev.sextant.JourneyPlan;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.explain.Contest;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.Station;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What looking on costs where kinds take turns, a few tokens each, so that all meet the same machine: milliseconds and bytes
 * allocated for a token that is decided greedily behind a prompt of {@value #PROMPT}. Prints a table.
 *
 * <pre>JourneyTurns MODEL_FOLDER THREADS ROUNDS [KIND ...]</pre>
 */
public final class JourneyTurns {
  /** All kinds, the plain one first. */
  static final List<String> KINDS = List.of("plain", "empty", "attention", "everything", "votes", "sources", "lens",
      "why");
  private static final int PROMPT = 64;
  private static final int DECODED = 16;
  private static final int WARM_UP = 4;

  /** A measurement of some tokens: for one of them. */
  private record Cost(double milliseconds, double bytes) {}

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Model model;
  private final int[] prompt;

  private JourneyTurns(Model model) {
    this.model = model;
    this.prompt = new SplittableRandom(1).ints(PROMPT, 0, model.config().vocabularySize()).toArray();
  }

  public static void main(String[] args) {
    List<String> kinds = args.length > 3 ? List.of(args).subList(3, args.length) : KINDS;
    LoadOptions options = LoadOptions.defaults().withThreads(Integer.parseInt(args[1]));
    try (Model model = Model.load(Path.of(args[0]), options)) {
      new JourneyTurns(model).run(kinds, Integer.parseInt(args[2]));
    }
  }

  /** Decoding as a kind asks for it. */
  static Stream<?> stream(String kind, Generate generate) {
    JourneyPlan plan = generate.journey();
    return switch (kind) {
      case "plain" -> generate.stream();
      case "empty" -> plan.stream();
      case "attention" -> plan.capture(Station.PROBABILITIES).stream();
      case "everything" -> plan.capture(CapturePlan.everything()).stream();
      case "votes" -> plan.votes().stream();
      case "sources" -> plan.votes(Contest.chosenAgainstRunnerUp().withSources(8)).stream();
      case "lens" -> plan.lens().stream();
      case "why" -> plan.why().stream();
      default -> throw new IllegalArgumentException("\"" + kind + "\" is none of " + KINDS);
    };
  }

  private void run(List<String> kinds, int rounds) {
    Cost[][] costs = new Cost[kinds.size()][rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      for (int kind = 0; kind < kinds.size(); kind++) {
        Cost cost = cost(kinds.get(kind));
        if (round >= 0) costs[kind][round] = cost;
      }
    }
    double first = quantile(costs[0], 0.5);
    System.out.println(
        "| kind | median, ms | quartiles | share of the first's speed | KB allocated |\n|---|---|---|---|---|");
    for (int kind = 0; kind < kinds.size(); kind++) {
      Cost[] of = costs[kind];
      double bytes = Arrays.stream(of).mapToDouble(Cost::bytes).sorted().toArray()[rounds / 2];
      System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f to %.2f | %.2f | %.0f |%n", kinds.get(kind), quantile(of, 0.5),
          quantile(of, 0.25), quantile(of, 0.75), first / quantile(of, 0.5), bytes / 1e3);
    }
  }

  private static double quantile(Cost[] costs, double share) {
    return Arrays.stream(costs).mapToDouble(Cost::milliseconds).sorted().toArray()[(int) (share * (costs.length - 1))];
  }

  private Cost cost(String kind) {
    try (Stream<?> stream = stream(kind, model.generate().ids(prompt).endTokens().maxTokens(Integer.MAX_VALUE))) {
      Iterator<?> tokens = stream.iterator();
      tokens.next(); // the prompt passes
      long bytes = threads.getTotalThreadAllocatedBytes();
      long start = System.nanoTime();
      for (int i = 0; i < DECODED; i++) tokens.next();
      double milliseconds = (System.nanoTime() - start) / 1e6;
      return new Cost(milliseconds / DECODED, (threads.getTotalThreadAllocatedBytes() - bytes) / (double) DECODED);
    }
  }
}
