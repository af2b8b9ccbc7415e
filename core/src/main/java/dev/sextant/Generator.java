package dev.sextant;

import dev.sextant.decode.Chosen;
import dev.sextant.decode.Decoder;
import dev.sextant.decode.History;
import dev.sextant.decode.StopMatcher;
import dev.sextant.tokenizer.StreamDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
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
  private final List<GeneratedToken> tokens = new ArrayList<>();
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
    if (plan.ending().maxTokens() == 0) reason = StopReason.LENGTH;
  }

  /** Ends it before the next token. */
  void cancel() {
    cancelled = true;
  }

  @Override
  public boolean hasNext() {
    if (reason == null && isCancelled()) reason = StopReason.CANCELLED;
    if (reason == null && isFull()) {
      if (plan.ending().failWhenFull()) throw new ContextLimitException(session.length() + 1, model.contextLength());
      reason = StopReason.CONTEXT;
    }
    return reason == null;
  }

  @Override
  public GeneratedToken next() {
    if (!hasNext()) throw new NoSuchElementException("the generation has ended: " + reason);
    readOn();
    long start = System.nanoTime();
    Chosen chosen = decoder.choose(session.liveLogits(), history);
    history.accept(chosen.id());
    GeneratedToken token = new GeneratedToken(tokens.size(), chosen.id(), told(chosen.id()), chosen.logProbability(),
        chosen.probability());
    tokens.add(token);
    generationNanos += System.nanoTime() - start;
    return token;
  }

  Generation result() {
    StopReason why = reason == null ? StopReason.CANCELLED : reason;
    return new Generation(Arrays.stream(prompt).boxed().toList(), tokens, why, seed,
        new Generation.Timings(Duration.ofNanos(promptNanos), Duration.ofNanos(generationNanos)));
  }

  /** Brings the session up to the last token: the prompt at first, later the token chosen before. */
  private void readOn() {
    long start = System.nanoTime();
    if (tokens.isEmpty()) {
      session.append(prompt);
      promptNanos = System.nanoTime() - start;
    } else {
      session.append(tokens.getLast().id());
      generationNanos += System.nanoTime() - start;
    }
  }

  /** What the token adds to the text that may be shown; decides whether it was the last one. */
  private String told(int id) {
    if (endTokens.contains(id)) reason = StopReason.END_TOKEN;
    else if (tokens.size() + 1 == plan.ending().maxTokens()) reason = StopReason.LENGTH;
    String piece = text == null ? "" : text.accept(id);
    String shown = stops.accept(piece);
    if (stops.stopped()) reason = StopReason.STOP_STRING;
    if (reason == null && !isLastOfContext()) return shown;
    if (text != null) shown += stops.accept(text.end());
    return shown + stops.end();
  }

  private boolean isCancelled() {
    return cancelled || plan.ending().cancelled().getAsBoolean() || Thread.currentThread().isInterrupted();
  }

  /** Whether the token chosen last has no place left in the context. */
  private boolean isFull() {
    return !tokens.isEmpty() && session.length() == model.contextLength();
  }

  private boolean isLastOfContext() {
    return session.length() == model.contextLength();
  }
}
