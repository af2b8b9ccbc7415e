package dev.sextant;

import dev.sextant.trace.LiveRows;
import dev.sextant.trace.Station;
import dev.sextant.weights.Quantizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleConsumer;

/**
 * What it costs that a model is in another precision: how its predictions over a text differ from those of the same model
 * as it was stored.
 *
 * @param positions how many predictions were compared: one behind each token of the text
 * @param storedPerplexity of the text, as the model was stored
 * @param perplexity of the text, in the other precision
 * @param divergence the mean, over all positions, of the Kullback-Leibler divergence of the other prediction from the
 *     stored one, in nats; not negative, 0 if they are the same
 * @param agreement the share of positions, in 0..1, at which both have the same most probable token
 */
public record Damage(int positions, double storedPerplexity, double perplexity, double divergence, double agreement) {

  private static final int PIECE = 32;

  /**
   * The damage when only one part of the model is in the other precision.
   *
   * @param layer from 0, or {@link #UNEMBEDDING}
   * @param damage that this alone does
   */
  public record Part(int layer, Damage damage) {
    /** In the place of a layer: the unembedding. */
    public static final int UNEMBEDDING = Quantizer.UNEMBEDDING;
  }

  /**
   * Compares two models over a text. One that is longer than the contexts hold and {@link Limits} allow is taken in
   * stretches as long as that, each by itself.
   *
   * @param stored the one that is right
   * @param other has the same vocabulary
   * @param ids the text, two tokens at least
   * @param progress told how much is done, from 0 to 1
   */
  public static Damage between(Model stored, Model other, int[] ids, DoubleConsumer progress) {
    Objects.requireNonNull(progress, "progress");
    if (ids.length < 2) throw new InvalidArgumentException("the text has " + ids.length + " tokens; two are needed");
    int vocabulary = stored.config().vocabularySize();
    if (other.config().vocabularySize() != vocabulary) {
      throw new InvalidArgumentException("the models have vocabularies of " + vocabulary + " and "
          + other.config().vocabularySize() + " tokens; these must be the same");
    }
    return new Comparison(stored, other, ids).run(progress);
  }

  /**
   * Which part of a model bears a format how well: opens the model once for every layer and for the unembedding, with that
   * part alone in the format.
   *
   * @param folder of the model
   * @param options says the format, and how else models are opened
   * @param ids the text, two tokens at least
   * @param progress told how much is done, from 0 to 1
   */
  public static List<Part> byPart(Path folder, LoadOptions options, int[] ids, DoubleConsumer progress) {
    Objects.requireNonNull(progress, "progress");
    LoadOptions quiet = options.withProgress(_ -> {});
    List<Part> parts = new ArrayList<>();
    try (Model stored = Model.load(folder, quiet.withWeights(WeightFormat.AS_STORED))) {
      int layers = stored.config().layers();
      for (int i = 0; i <= layers; i++) {
        int layer = i == layers ? Quantizer.UNEMBEDDING : i;
        double done = i;
        try (Model other = Model.loadPartly(folder, quiet, part -> part == layer)) {
          Damage damage = between(stored, other, ids, share -> progress.accept((done + share) / (layers + 1)));
          parts.add(new Part(layer, damage));
        }
      }
    }
    return List.copyOf(parts);
  }

  /** Both models read the text piece by piece, side by side. */
  private static final class Comparison {
    private final int[] ids;
    private final Reader stored;
    private final Reader other;
    private double storedSurprisal;
    private double otherSurprisal;
    private double divergence;
    private int agreed;

    Comparison(Model stored, Model other, int[] ids) {
      this.ids = ids;
      this.stored = new Reader(stored);
      this.other = new Reader(other);
    }

    Damage run(DoubleConsumer progress) {
      int stretch = Math.min(stored.model.window(), other.model.window());
      try (Session one = stored.session(); Session two = other.session()) {
        for (int at = 0; at < ids.length;) {
          if (at % stretch == 0) {
            one.truncate(0);
            two.truncate(0);
          }
          int count = Math.min(Math.min(PIECE, ids.length - at), stretch - at % stretch);
          int[] piece = Arrays.copyOfRange(ids, at, at + count);
          stored.read(one, piece);
          other.read(two, piece);
          for (int i = 0; i < count; i++) compare(at + i, stored.said(i), other.said(i));
          at += count;
          progress.accept((double) at / ids.length);
        }
      }
      int scored = ids.length - 1;
      return new Damage(ids.length, Math.exp(storedSurprisal / scored), Math.exp(otherSurprisal / scored),
          divergence / ids.length, (double) agreed / ids.length);
    }

    private void compare(int position, Distribution right, Distribution found) {
      divergence += right.klDivergence(found);
      if (right.top(1).getFirst().id() == found.top(1).getFirst().id()) agreed++;
      if (position + 1 == ids.length) return;
      storedSurprisal += right.surprisal(ids[position + 1]);
      otherSurprisal += found.surprisal(ids[position + 1]);
    }
  }

  /** Keeps what one model says behind each token of a piece. */
  private static final class Reader {
    private final Model model;
    private int first;
    private float[][] logits = {};

    Reader(Model model) {
      this.model = model;
    }

    Session session() {
      return model.session().observe(Set.of(Station.LOGITS), (_, _, rows) -> keep(rows));
    }

    void read(Session session, int[] piece) {
      first = session.length();
      logits = new float[piece.length][];
      session.append(piece);
    }

    /** Before the piece, or a part of it, others may pass again (LongRoPE). */
    private void keep(LiveRows rows) {
      for (int row = Math.max(0, first - rows.firstPosition()); row < rows.rows(); row++)
        logits[rows.firstPosition() + row - first] = rows.copyRow(row);
    }

    Distribution said(int token) {
      return Distribution.owning(logits[token], model.textOf());
    }
  }
}
