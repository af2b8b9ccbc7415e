package dev.sextant.decode;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The filters as simply as they can be said, to compare with: one probability per id, sorted in full at every step.
 * Follows the logits processors of transformers; -1 marks the probability of a token that was cut.
 */
final class ReferenceFilters {
  private ReferenceFilters() {}

  static double[] distribution(Decoding decoding, float[] logits, int[] seen) {
    double[] scores = IntStream.range(0, logits.length).mapToDouble(id -> logits[id]).toArray();
    for (int id : IntStream.of(seen).distinct().toArray())
      scores[id] = scores[id] < 0 ? scores[id] * decoding.repetitionPenalty()
          : scores[id] / decoding.repetitionPenalty();
    double[] p = softmax(scores, decoding.temperature());
    if (decoding.topK() > 0) keep(p, ranked(p, id -> -p[id]).stream().limit(decoding.topK()).toList());
    if (decoding.topP() < 1) keep(p, until(decoding.topP(), p, ranked(p, id -> -p[id])));
    double minimum = decoding.minP() * IntStream.range(0, p.length).mapToDouble(id -> p[id]).max().orElseThrow();
    keep(p, ranked(p, id -> 0).stream().filter(id -> p[id] >= minimum).toList());
    double entropy = ranked(p, id -> 0).stream().mapToDouble(id -> -p[id] * Math.log(p[id])).sum();
    if (decoding.typicalP() < 1)
      keep(p, until(decoding.typicalP(), p, ranked(p, id -> Math.abs(-Math.log(p[id]) - entropy))));
    for (int id = 0; id < p.length; id++) p[id] = Math.max(0, p[id]);
    return p;
  }

  private static double[] softmax(double[] scores, double temperature) {
    double best = IntStream.range(0, scores.length).mapToDouble(id -> scores[id]).max().orElseThrow();
    double[] p = new double[scores.length];
    for (int id = 0; id < p.length; id++) p[id] = Math.exp((scores[id] - best) / temperature);
    keep(p, IntStream.range(0, p.length).filter(id -> p[id] > 0).boxed().toList());
    return p;
  }

  /** The ids that are left, the smallest key first, then by id. */
  private static List<Integer> ranked(double[] p, IntToDoubleFunction key) {
    return IntStream.range(0, p.length).filter(id -> p[id] > 0).boxed()
        .sorted(Comparator.comparingDouble(key::applyAsDouble)).toList();
  }

  private static List<Integer> until(double goal, double[] p, List<Integer> ranked) {
    double sum = 0;
    int count = 0;
    do sum += p[ranked.get(count++)]; while (sum < goal && count < ranked.size());
    return ranked.subList(0, count);
  }

  private static void keep(double[] p, List<Integer> ids) {
    double total = ids.stream().mapToDouble(id -> p[id]).sum();
    double[] kept = new double[p.length];
    for (int id : ids) kept[id] = p[id] / total;
    for (int id = 0; id < p.length; id++) p[id] = kept[id] > 0 ? kept[id] : -1;
  }
}
