package dev.sextant;

import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Rows;
import dev.sextant.numeric.LogSoftmax;
import dev.sextant.trace.LiveRows;
import dev.sextant.trace.Station;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;

/** One scoring under way: window after window passes, and what comes out of it is unembedded some tokens at a time. */
final class Scorer {
  /** Numbers in the logits of the tokens unembedded together: 16 MB. */
  private static final int LOGITS = 1 << 22;
  /** Tokens unembedded together, at most: what the kernels take as one block. */
  private static final int TOKENS = 64;

  /** What the model says in one place: the logits {@code data[at .. at + vocabulary - 1]}, live. */
  @FunctionalInterface
  private interface Reader {
    /** The log probability of the token that came, {@code id}, at {@code position}. */
    double read(int position, int id, float[] data, int at);
  }

  private final Model model;
  private final Scoring.Job job;
  private final Reader reader;
  private final double[] logProbabilities;
  private final Engine engine;
  private final Rows hidden;
  private final Rows logits;
  private final int together;
  /** Where the present window begins, and the first input that is still to be read. */
  private int begin;
  private int next;

  private Scorer(Model model, Scoring.Job job, Reader reader) {
    this.model = model;
    this.job = job;
    this.reader = reader;
    int vocabulary = model.config().vocabularySize();
    logProbabilities = new double[job.ids().length];
    logProbabilities[0] = Double.NaN;
    engine = model.newEngine();
    hidden = new Rows(model.config().hiddenSize());
    logits = new Rows(vocabulary);
    together = Math.clamp(LOGITS / vocabulary, 1, TOKENS);
  }

  static Scorer plain(Model model, Scoring.Job job) {
    float[] row = new float[model.config().vocabularySize()];
    return new Scorer(model, job, (_, id, data, at) -> {
      System.arraycopy(data, at, row, 0, row.length);
      return LogSoftmax.of(row, 1).logProbability(row[id]);
    });
  }

  static Scorer telling(Model model, Scoring.Job job, Consumer<Prediction> listener) {
    int vocabulary = model.config().vocabularySize();
    return new Scorer(model, job, (position, id, data, at) -> {
      Distribution distribution = Distribution.owning(Arrays.copyOfRange(data, at, at + vocabulary), model.textOf());
      Prediction prediction = new Prediction(position, id, distribution);
      listener.accept(prediction);
      return prediction.logProbability();
    });
  }

  Score run() {
    model.requireKnown(job.ids());
    try (Session session = model.session().observe(Set.of(Station.FINAL_NORM), (_, _, rows) -> pass(rows))) {
      for (begin = 0; next < job.inputs(); begin += job.stride()) {
        session.truncate(0);
        session.append(Arrays.copyOfRange(job.ids(), begin, Math.min(begin + job.window(), job.inputs())));
      }
    }
    return new Score(job, logProbabilities, model.textOf());
  }

  /** Some tokens of a window stand behind the final norm; those that another window has had are left out. */
  private void pass(LiveRows rows) {
    int first = begin + rows.firstPosition();
    int end = first + rows.rows();
    while (next < end) {
      int count = Math.min(together, end - next);
      hidden.resize(count);
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows.copyRow(next + i - first), 0, hidden.data(), hidden.at(i), hidden.width());
      }
      unembed(count);
    }
  }

  private void unembed(int count) {
    model.transformer().unembed(hidden, logits, engine);
    for (int i = 0; i < count; i++, next++) {
      try {
        logProbabilities[next + 1] = reader.read(next + 1, job.ids()[next + 1], logits.data(), logits.at(i));
      } catch (NonFiniteLogitsException e) {
        throw e.atPosition(next);
      }
    }
    job.progress().accept(next);
  }
}
