package dev.sextant;

import dev.sextant.decode.Chosen;
import dev.sextant.decode.Decoder;
import dev.sextant.decode.History;
import dev.sextant.decode.StopMatcher;
import dev.sextant.tokenizer.StreamDecoder;
import java.io.Serial;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One generation under way: distribution, choice, text, append, and so on. Pulled by its caller, one token at a time. */
final class Generator implements Iterator<GeneratedToken> {
  private final Model model;
  private final Plan plan;
  private final int[] prompt;
  private final long seed;
  private final Session session;
  private final Decoder decoder;
  private final History history;
  private final @Nullable StreamDecoder text;
  private final StopMatcher stops;
  private final Collection<Integer> endTokens;
  private int count;
  private int last;
  private float[] logits = {};
  private @Nullable Chosen chosen;
  /** Whether the next token can be chosen: the session is there, and it has been promised. */
  private boolean ready;
  private @Nullable StopReason reason;
  private volatile boolean cancelled;
  private long promptNanos;
  private long generationNanos;

  Generator(Model model, Plan plan, int[] prompt, long seed) {
    this.model = model;
    this.plan = plan;
    this.prompt = prompt;
    this.seed = seed;
    this.session = model.session().observe(plan.watching().stations(), plan.watching().observer());
    this.decoder = Decoder.seeded(plan.decoding(), seed);
    this.history = new History(model.config().vocabularySize());
    this.text = model.streamDecoder();
    this.stops = plan.ending().stops().matcher();
    Set<Integer> ownEndTokens = plan.ending().endTokens();
    this.endTokens = ownEndTokens == null ? model.config().endTokens() : ownEndTokens;
    session.requireFit(prompt);
    history.accept(prompt);
    if (text != null) text.feed(prompt);
  }

  /** Ends it before the next token that has not been promised, or in the middle of the prompt. */
  void cancel() {
    cancelled = true;
  }

  /** A token that this has promised comes, whoever cancels meanwhile. The pass that leads to it is made here. */
  @Override
  public boolean hasNext() {
    if (!ready && reason == null) reason = endBeforeNext();
    return ready;
  }

  /** Brings the session to where the next token is decided, or says why there will be none. */
  private @Nullable StopReason endBeforeNext() {
    if (isCancelled()) return StopReason.CANCELLED;
    if (isFull()) {
      if (plan.ending().failWhenFull()) session.requireFit(new int[] {last});
      return StopReason.CONTEXT;
    }
    try {
      readOn();
    } catch (BrokenOff e) {
      return StopReason.CANCELLED;
    }
    if (plan.ending().maxTokens() == 0) return StopReason.LENGTH;
    ready = true;
    return null;
  }

  @Override
  public GeneratedToken next() {
    if (!hasNext()) throw new NoSuchElementException("the generation has ended: " + reason);
    long start = System.nanoTime();
    logits = session.liveLogits();
    Chosen next = decoder.choose(logits, history);
    ready = false;
    chosen = next;
    last = next.id();
    history.accept(last);
    String shown = told(last);
    generationNanos += System.nanoTime() - start;
    return new GeneratedToken(count++, last, shown, next.logProbability(), next.probability());
  }

  /** The end of it, given the tokens that came. Text still held back when it was cancelled belongs to it. */
  Generation result(List<GeneratedToken> tokens) {
    StopReason why = reason == null ? StopReason.CANCELLED : reason;
    String told = tokens.stream().map(GeneratedToken::text).collect(Collectors.joining());
    return new Generation(told + rest(), Arrays.stream(prompt).boxed().toList(), tokens, why, seed,
        new Generation.Timings(Duration.ofNanos(promptNanos), Duration.ofNanos(generationNanos)));
  }

  Session session() {
    return session;
  }

  /** The logits that the last token was chosen from; live until the next one. */
  float[] liveLogits() {
    return logits;
  }

  /** How the last token was chosen; there must be one. */
  Chosen chosen() {
    return Objects.requireNonNull(chosen);
  }

  /** Brings the session up to the last token: the prompt at first, later the token chosen before. */
  private void readOn() {
    long start = System.nanoTime();
    if (count == 0) {
      session.append(prompt, plan.watching().promptProgress(), this::breakOff);
      promptNanos = System.nanoTime() - start;
    } else {
      session.append(new int[] {last}, _ -> {}, this::breakOff);
      generationNanos += System.nanoTime() - start;
    }
  }

  private void breakOff() {
    if (isCancelled()) throw new BrokenOff();
  }

  /** What the token adds to the text that may be shown; decides whether it was the last one. */
  private String told(int id) {
    if (endTokens.contains(id)) reason = StopReason.END_TOKEN;
    else if (count + 1 == plan.ending().maxTokens()) reason = StopReason.LENGTH;
    String piece = text == null ? "" : text.accept(id);
    String shown = stops.accept(piece);
    if (stops.stopped()) reason = StopReason.STOP_STRING;
    return reason == null && !isFull() ? shown : shown + rest();
  }

  /** What was held back, because a character or a stop string might still have come of it; empty the second time. */
  private String rest() {
    String end = text == null ? "" : stops.accept(text.end());
    return end + stops.end();
  }

  private boolean isCancelled() {
    return cancelled || plan.ending().cancelled().getAsBoolean() || Thread.currentThread().isInterrupted();
  }

  /** Ends a pass that nobody waits for any more; caught where it was begun. */
  private static final class BrokenOff extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    BrokenOff() {
      super("cancelled", null, false, false);
    }
  }

  /** Whether the token chosen last has no place left in the context, or in the memory for keys and values. */
  private boolean isFull() {
    return session.length() == model.mostTokens();
  }
}
