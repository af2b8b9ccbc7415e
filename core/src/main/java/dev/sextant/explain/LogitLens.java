package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.TokenProbability;
import dev.sextant.report.text.Visible;
import java.util.List;

/**
 * What the model would have said at one position if the residual stream had gone straight to the final norm and the
 * unembedding, from every layer on (nostalgebraist, "interpreting GPT: the logit lens", 2020). Each reading is normed with
 * its own scale. Readings count from 0, what enters the first block, to the number of layers, what the model does say.
 * Immutable.
 */
public final class LogitLens {
  /**
   * One reading.
   *
   * @param top the most probable tokens, the best first
   * @param divergence Kullback-Leibler divergence D(final || this) in nats, at least 0: what reading here instead of at the
   *     end would cost
   * @param ranks of each followed token, 0 for the most probable; handed out as a copy, as are the next two
   * @param probabilities of each followed token, in 0..1
   * @param logits of each followed token
   */
  public record Reading(List<TokenProbability> top, double divergence, int[] ranks, double[] probabilities,
      float[] logits) {

    /** Id, probability and logit; rank, probability and logit. */
    private static final int EACH = Integer.BYTES + Double.BYTES + Float.BYTES;

    public Reading {
      top = List.copyOf(top);
      ranks = ranks.clone();
      probabilities = probabilities.clone();
      logits = logits.clone();
    }

    @Override
    public int[] ranks() {
      return ranks.clone();
    }

    @Override
    public double[] probabilities() {
      return probabilities.clone();
    }

    @Override
    public float[] logits() {
      return logits.clone();
    }

    private long bytes() {
      return Double.BYTES + (long) EACH * (top.size() + ranks.length);
    }
  }

  private final int position;
  private final int[] followed;
  private final List<Reading> readings;

  /**
   * @param followed the tokens whose ranks and probabilities the readings have
   */
  public LogitLens(int position, int[] followed, List<Reading> readings) {
    this.position = position;
    this.followed = followed.clone();
    this.readings = List.copyOf(readings);
  }

  /** Where, in the text. */
  public int position() {
    return position;
  }

  /** How many blocks the model has; there is one reading more. */
  public int layers() {
    return readings.size() - 1;
  }

  /** The tokens that are followed through the layers, a copy: those asked for, and what the model says in the end. */
  public int[] followed() {
    return followed.clone();
  }

  /** Before the first block (0), behind a block (its number + 1). */
  public Reading reading(int index) {
    if (index < 0 || index >= readings.size())
      throw new InvalidArgumentException("reading is " + index + "; it must lie in 0.." + (readings.size() - 1));
    return readings.get(index);
  }

  /** All of them. */
  public List<Reading> readings() {
    return readings;
  }

  /** What the model says most probably in the end. */
  public int finalChoice() {
    return readings.getLast().top().getFirst().id();
  }

  /** How many tokens come before a followed token at a reading. */
  public int rank(int index, int token) {
    return reading(index).ranks[place(token)];
  }

  /** How probable a followed token is at a reading, in 0..1. */
  public double probability(int index, int token) {
    return reading(index).probabilities[place(token)];
  }

  /** The logit of a followed token at a reading. */
  public float logit(int index, int token) {
    return reading(index).logits[place(token)];
  }

  /** The first reading at which a followed token is the most probable; -1: none. */
  public int firstLead(int token) {
    int place = place(token);
    for (int i = 0; i < readings.size(); i++) if (readings.get(i).ranks[place] == 0) return i;
    return -1;
  }

  /** The reading from which on a followed token stays the most probable; -1 where it is not so in the end. */
  public int leadsFrom(int token) {
    int place = place(token);
    int from = readings.size();
    while (from > 0 && readings.get(from - 1).ranks[place] == 0) from--;
    return from == readings.size() ? -1 : from;
  }

  /** Where the decision fell: the reading from which on the final choice leads for good. */
  public int decidedAt() {
    return leadsFrom(finalChoice());
  }

  /** Bytes of all numbers; the texts of tokens are not counted. */
  public long bytes() {
    return (long) Integer.BYTES * followed.length + readings.stream().mapToLong(Reading::bytes).sum();
  }

  private int place(int token) {
    for (int i = 0; i < followed.length; i++) if (followed[i] == token) return i;
    throw new InvalidArgumentException("token " + token + " is not followed by this lens; name it when asking for one");
  }

  /** For people: the most probable token of each reading. */
  @Override
  public String toString() {
    return "LogitLens of position " + position + ": "
        + String.join(" ", readings.stream().map(reading -> Visible.quoted(reading.top().getFirst().text())).toList());
  }
}
