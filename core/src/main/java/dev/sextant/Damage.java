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
import java.util.function.Consumer;
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
   * Compares two models over a text. A text longer than the context is taken in stretches as long as that, each by itself.
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
    private final Model stored;
    private final Model other;
    private final int[] ids;
    private float[] storedLogits = {};
    private float[] otherLogits = {};
    private double storedSurprisal;
    private double otherSurprisal;
    private double divergence;
    private int agreed;

    Comparison(Model stored, Model other, int[] ids) {
      this.stored = stored;
      this.other = other;
      this.ids = ids;
    }

    Damage run(DoubleConsumer progress) {
      int context = Math.min(stored.config().contextLength(), other.config().contextLength());
      try (Session one = watched(stored, rows -> storedLogits = rows.copy());
          Session two = watched(other, rows -> otherLogits = rows.copy())) {
        for (int at = 0; at < ids.length;) {
          if (at % context == 0) {
            one.truncate(0);
            two.truncate(0);
          }
          int count = Math.min(Math.min(PIECE, ids.length - at), context - at % context);
          int[] piece = Arrays.copyOfRange(ids, at, at + count);
          one.append(piece);
          two.append(piece);
          for (int i = 0; i < count; i++) compare(at + i, i);
          at += count;
          progress.accept((double) at / ids.length);
        }
      }
      int scored = ids.length - 1;
      return new Damage(ids.length, Math.exp(storedSurprisal / scored), Math.exp(otherSurprisal / scored),
          divergence / ids.length, (double) agreed / ids.length);
    }

    private static Session watched(Model model, Consumer<LiveRows> keep) {
      return model.session().observe(Set.of(Station.LOGITS), (_, _, rows) -> keep.accept(rows));
    }

    private void compare(int position, int row) {
      Distribution right = distribution(storedLogits, row);
      Distribution found = distribution(otherLogits, row);
      divergence += right.klDivergence(found);
      if (right.top(1).getFirst().id() == found.top(1).getFirst().id()) agreed++;
      if (position + 1 == ids.length) return;
      storedSurprisal += right.surprisal(ids[position + 1]);
      otherSurprisal += found.surprisal(ids[position + 1]);
    }

    private Distribution distribution(float[] logits, int row) {
      int vocabulary = stored.config().vocabularySize();
      return Distribution.of(Arrays.copyOfRange(logits, row * vocabulary, (row + 1) * vocabulary));
    }
  }
}
