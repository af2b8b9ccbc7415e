package dev.sextant;

import dev.sextant.forward.State;
import dev.sextant.forward.Visitor;
import dev.sextant.forward.Watch;
import dev.sextant.numeric.Checks;
import dev.sextant.numeric.LogSoftmax;
import dev.sextant.trace.Observer;
import dev.sextant.trace.Station;
import dev.sextant.visit.Onlooker;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One text on its way through a model, with the keys and values of all its tokens. Grows with {@link #append}, can be cut
 * back with {@link #truncate}. For one thread at a time; a second one gets an {@link IllegalStateException}. Holds memory
 * of the heap only, so that a session left open is no leak.
 */
public final class Session implements AutoCloseable {
  private final Model model;
  private final State state;
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
  private float[] logits = {};
  /** Whether the state's last hidden state belongs to the last token; not so after a cut. */
  private boolean current;
  private boolean closed;

  Session(Model model) {
    this.model = model;
    this.state = model.newState();
  }

  /**
   * Runs further tokens through the model: all of them or, if it fails, none. An interrupt of the thread does not end it, and
   * the flag stays set; to end a long one, throw from {@link #append(int[], IntConsumer) the progress}.
   *
   * @param newIds at least one id, each in [0, vocabularySize)
   * @throws InvalidArgumentException for an id outside the vocabulary, or none at all
   * @throws ContextLimitException if the text would be longer than the context; nothing is computed then
   * @throws LimitException if that is more than {@link Limits} allow; nothing is computed then
   */
  public Session append(int... newIds) {
    return append(newIds, _ -> {});
  }

  /**
   * Like {@link #append(int...)}; a long text passes in pieces of 512 tokens.
   *
   * @param progress told after each piece how many of the tokens have passed. What it throws ends the pass and comes out here;
   *     the text is then as it was before, also where pieces had passed already
   */
  public Session append(int[] newIds, IntConsumer progress) {
    return append(newIds, Objects.requireNonNull(progress, "progress"), () -> {});
  }

  /** @param checkpoint called before every block that several tokens pass together; may throw to end the pass */
  Session append(int[] newIds, IntConsumer progress, Runnable checkpoint) {
    use(() -> {
      requireFit(newIds);
      run(newIds, progress, checkpoint);
    });
    return this;
  }

  /** What the model says next. At least one token must have been appended. */
  public Distribution distribution() {
    return Distribution.of(liveLogits(), model.textOf());
  }

  /** How many tokens the text has. */
  public int length() {
    return state.length();
  }

  /** The ids of the text, a copy. */
  public int[] ids() {
    return state.copyIds();
  }

  /** Cuts the text back to its first {@code length} tokens. */
  public void truncate(int length) {
    if (length < 0 || length > state.length()) {
      throw new InvalidArgumentException("length is " + length + "; it must lie in [0, " + state.length() + "]");
    }
    use(() -> {
      if (length < state.length()) current = false;
      state.truncate(length);
    });
  }

  /** Bytes that the keys and values of a text of so many tokens take. */
  public long cacheBytes(int tokens) {
    return model.cacheBytes(Checks.count("tokens", tokens));
  }

  /**
   * From now on, the observer sees these stations of every pass. Replaces an earlier observer; with no stations, nobody
   * looks on and nothing is spent on it.
   */
  public Session observe(Set<Station> stations, Observer observer) {
    Objects.requireNonNull(observer, "observer");
    return visitedBy(List.of(new Onlooker(stations, observer)));
  }

  /** From now on, these are called at stations of every pass, one after the other. Replaces earlier ones and observers. */
  Session visitedBy(List<? extends Visitor> visitors) {
    use(() -> state.watch(new Watch(model.config().layers(), visitors)));
    return this;
  }

  /** Ends the session. It cannot be used afterwards; closing again does nothing. */
  @Override
  public void close() {
    closed = true;
  }

  /** The logits behind the last token, finite or -Infinity and not all of them that; live until the next call. */
  float[] liveLogits() {
    use(() -> {
      if (state.length() == 0) throw new IllegalStateException("the session is empty; append a token first");
      if (!current) repeatLast();
      model.pass(() -> logits = model.transformer().logits(state));
    });
    try {
      LogSoftmax.highest(logits);
    } catch (NonFiniteLogitsException e) {
      throw e.atPosition(Math.min(state.firstNonFinite(), state.length() - 1));
    }
    return logits;
  }

  /** Copies the value of one key/value head at a position of the text [headWidth]. */
  void copyValue(int layer, int keyValueHead, int position, float[] into) {
    state.copyValue(layer, keyValueHead, position, into);
  }

  /** After a cut, the last token's hidden state is gone: it passes once more, and is not lost if that fails. */
  private void repeatLast() {
    state.forgetLast();
    run(new int[0], _ -> {}, () -> {});
  }

  /** One or more passes; if they fail, the text is as before. */
  private void run(int[] newIds, IntConsumer progress, Runnable checkpoint) {
    int before = state.length();
    boolean done = false;
    try {
      model.pass(() -> model.transformer().append(newIds, state, progress, checkpoint));
      done = true;
    } finally {
      if (!done) state.truncate(before);
      current = done;
    }
  }

  /** Throws if these ids cannot be appended. */
  void requireFit(int[] newIds) {
    if (newIds.length == 0) throw new InvalidArgumentException("the list of ids is empty; at least one is needed");
    model.requireKnown(newIds);
    if (newIds.length > model.contextLength() - state.length()) {
      throw new ContextLimitException(state.length() + newIds.length, model.contextLength());
    }
    model.limits().requirePrompt(newIds.length);
    int total = state.length() + newIds.length;
    if (total > model.mostTokens()) model.limits().requireCache(total, model.cacheBytes(total));
  }

  private void use(Runnable action) {
    Thread me = Thread.currentThread();
    Thread other = user.compareAndExchange(null, me);
    if (other == me) {
      throw new IllegalStateException("the session is called from inside one of its own passes; an observer or progress"
          + " callback only looks on");
    }
    if (other != null) {
      throw new IllegalStateException("the session is in use by " + other + "; it serves one thread at a time");
    }
    try {
      if (closed) throw new IllegalStateException("the session is closed");
      action.run();
    } finally {
      user.set(null);
    }
  }
}
