package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.numeric.Checks;
import dev.sextant.numeric.Ranking;
import dev.sextant.trace.Station;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What every head of a model does over a text. Immutable. */
public final class HeadPatterns {
  /** Distances told apart unless asked otherwise. */
  public static final int REACH = 128;
  /** Tokens that pass together: it bounds the attention probabilities held at a time. */
  private static final int PIECE = 32;
  /** The window unless set: attention costs the square of it. */
  private static final int WINDOW = 1024;

  private final int heads;
  private final long tokens;
  private final List<HeadPattern> patterns;

  HeadPatterns(int heads, long tokens, List<HeadPattern> patterns) {
    this.heads = heads;
    this.tokens = tokens;
    this.patterns = List.copyOf(patterns);
  }

  /** Over a text, in windows of 1024 tokens, or what the context holds and {@link dev.sextant.Limits} allow. */
  public static HeadPatterns of(Model model, int... ids) {
    return of(model, ids, Math.max(2, Math.min(WINDOW, model.room().window())));
  }

  /**
   * Over a text. A text longer than the window is cut into pieces of that length, each a text of its own: its first token
   * sees nothing before it. Memory does not grow with the text.
   *
   * @param ids at least two, each in [0, vocabularySize)
   * @param window tokens of a piece, from 2 to what the context holds
   */
  public static HeadPatterns of(Model model, int[] ids, int window) {
    if (ids.length < 2)
      throw new InvalidArgumentException("the text has " + ids.length + " tokens; at least 2 are needed");
    if (window < 2 || window > model.config().contextLength()) {
      throw new InvalidArgumentException(
          "window is " + window + "; it must lie in [2, " + model.config().contextLength()
              + "], where the context ends");
    }
    HeadPatternCollector collector = new HeadPatternCollector(model.config(), REACH);
    int piece = Math.min(PIECE, model.room().window());
    for (int from = 0; from < ids.length; from += window) {
      int[] text = Arrays.copyOfRange(ids, from, Math.min(from + window, ids.length));
      collector.begin(text);
      try (Session session = model.session().observe(Set.of(Station.PROBABILITIES), collector)) {
        for (int at = 0; at < text.length; at += piece) {
          session.append(Arrays.copyOfRange(text, at, Math.min(at + piece, text.length)));
        }
      }
    }
    return collector.result();
  }

  /** How many tokens looked: all but the first of each text. */
  public long tokens() {
    return tokens;
  }

  /** The heads of all layers, in order. */
  public List<HeadPattern> all() {
    return patterns;
  }

  /** One head. */
  public HeadPattern get(int layer, int head) {
    int layers = patterns.size() / heads;
    if (layer < 0 || layer >= layers || head < 0 || head >= heads) {
      throw new InvalidArgumentException("head " + head + " of layer " + layer + "; there are " + layers + " layers of "
          + heads + " heads, counted from 0");
    }
    return patterns.get(layer * heads + head);
  }

  /**
   * The heads that have most of something, such as {@code HeadPattern::induction}; the first among equals, those without a
   * number left out.
   *
   * @param k how many, at least 0
   */
  public List<HeadPattern> strongest(ToDoubleFunction<HeadPattern> measure, int k) {
    Checks.count("k", k);
    int[] best = Ranking.largest(patterns.size(), i -> measure.applyAsDouble(patterns.get(i)), k);
    return IntStream.of(best).mapToObj(patterns::get).toList();
  }
}
