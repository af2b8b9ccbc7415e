package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.ModelConfig;
import dev.sextant.trace.LiveRows;
import dev.sextant.trace.Observer;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches attention probabilities and sums up what each head does, over any number of texts, in memory that does not grow
 * with them. Announce each text, let a session that it observes at {@link Station#PROBABILITIES} read it in however many
 * pieces, then ask for the result. For one thread at a time.
 */
public final class HeadPatternCollector implements Observer {
  private final int layers;
  private final int heads;
  private final HeadSums[] sums;
  private Occurrences text = new Occurrences(new int[0]);
  /** The next position of each layer: one that passes twice counts once. */
  private final int[] next;

  /**
   * @param config of the model
   * @param reach how many distances are told apart, at least 1
   */
  public HeadPatternCollector(ModelConfig config, int reach) {
    if (reach < 1) throw new InvalidArgumentException("reach is " + reach + "; it must be at least 1");
    layers = config.layers();
    heads = config.heads();
    next = new int[layers];
    sums = new HeadSums[Math.multiplyExact(layers, heads)];
    for (int i = 0; i < sums.length; i++) sums[i] = new HeadSums(reach);
  }

  /** The next text begins: the ids that will pass, from the first on. */
  public void begin(int[] ids) {
    text = new Occurrences(ids);
    Arrays.fill(next, 0);
  }

  @Override
  public void at(Station station, int layer, LiveRows rows) {
    if (station != Station.PROBABILITIES) return;
    int tokens = rows.rows() / heads;
    int end = rows.firstPosition() + tokens;
    if (end > text.length()) {
      throw new InvalidArgumentException("a token passes at position " + (end - 1) + ", but the text announced has "
          + text.length() + " tokens");
    }
    for (int position = Math.max(next[layer], rows.firstPosition()); position < end; position++) {
      for (int head = 0; head < heads; head++) {
        float[] row = rows.copyRow((position - rows.firstPosition()) * heads + head);
        sums[layer * heads + head].add(row, position, text);
      }
    }
    next[layer] = Math.max(next[layer], end);
  }

  /** What was seen so far. */
  public HeadPatterns result() {
    List<HeadPattern> patterns = new ArrayList<>(sums.length);
    for (int i = 0; i < sums.length; i++) patterns.add(sums[i].pattern(i / heads, i % heads));
    return new HeadPatterns(heads, sums.length == 0 ? 0 : sums[0].tokens(), patterns);
  }

  /** Where in a text the same token stood before. */
  static final class Occurrences {
    static final int NONE = -1;
    private final int[] previous;

    Occurrences(int[] ids) {
      previous = new int[ids.length];
      Map<Integer, Integer> last = new HashMap<>();
      for (int i = 0; i < ids.length; i++) {
        Integer before = last.put(ids[i], i);
        previous[i] = before == null ? NONE : before;
      }
    }

    int length() {
      return previous.length;
    }

    /** The nearest earlier position with the same token, or {@link #NONE}. */
    int before(int position) {
      return previous[position];
    }
  }
}
