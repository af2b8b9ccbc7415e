package dev.sextant;

import dev.sextant.decode.Decoding;
import dev.sextant.decode.StopStrings;
import dev.sextant.tokenizer.EncodeOptions;
import dev.sextant.tokenizer.chat.ChatMessage;
import dev.sextant.tokenizer.chat.ChatTemplateException;
import dev.sextant.trace.Observer;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A generation as described so far. Immutable: every setter gives a new one, so that a description can be kept and shared.
 * Without further settings the choice is greedy; as soon as a temperature, a filter or a seed is set, tokens are drawn
 * (temperature 1 unless set). Filters work in the order repetition penalty, temperature, top-k, top-p, min-p, typical.
 */
public final class Generate {
  private final Model model;
  private final Plan plan;

  Generate(Model model) {
    this(model, Plan.DEFAULT);
  }

  private Generate(Model model, Plan plan) {
    this.model = model;
    this.plan = plan;
  }

  /**
   * The text to go on from, encoded with the special tokens that the tokenizer adds to a text; errors as with {@link
   * #prompt(String, EncodeOptions)}.
   */
  public Generate prompt(String text) {
    return prompt(text, EncodeOptions.DEFAULT);
  }

  /**
   * The text to go on from, encoded as said: a rendered chat template, say, carries its special tokens itself.
   *
   * @throws SextantException if the model has no tokenizer, or that one cannot encode the text
   * @throws LimitException if the text is longer than {@link Limits} allow
   */
  public Generate prompt(String text, EncodeOptions options) {
    model.limits().requirePromptLength(text);
    return ids(model.encode(text, options));
  }

  /**
   * A conversation to answer, rendered by the model's own chat template. Special tokens are recognised wherever they stand
   * in the rendered text, so do not pass on messages of strangers that spell them.
   *
   * @param messages at least one
   * @throws SextantException if there is no template, or it refuses the conversation, fails or goes beyond its limits;
   *     else as {@link #prompt(String, EncodeOptions)}
   */
  public Generate messages(ChatMessage... messages) {
    if (messages.length == 0) throw new InvalidArgumentException("no message is given; at least one is needed");
    return prompt(rendered(List.of(messages)), EncodeOptions.AS_IS);
  }

  private String rendered(List<ChatMessage> messages) {
    try {
      return model.chatTemplate().render(messages);
    } catch (ChatTemplateException e) {
      throw new SextantException(e.getMessage(), e);
    }
  }

  /** The ids to go on from: at least one, each in [0, vocabularySize). */
  public Generate ids(int... ids) {
    return with(plan.withIds(ids));
  }

  /** Ends after so many generated tokens; with 0 the prompt passes, seen by observers, and none is generated. 256 unless set. */
  public Generate maxTokens(int maxTokens) {
    if (maxTokens < 0) {
      throw new InvalidArgumentException(
          "maxTokens is " + maxTokens + "; it must not be negative, and 0 generates none");
    }
    return with(plan.withMaxTokens(maxTokens));
  }

  /** How tokens are chosen, all at once. */
  public Generate decoding(Decoding decoding) {
    return with(plan.withDecoding(Objects.requireNonNull(decoding, "decoding")));
  }

  /** Divides the logits; 0 is greedy, below 1 sharpens, above 1 flattens. Not negative. */
  public Generate temperature(double temperature) {
    return decoding(plan.decoding().withTemperature(temperature));
  }

  /** Keeps the k most probable tokens; 0 keeps all. */
  public Generate topK(int topK) {
    return with(plan.withSetting(plan.decoding().withTopK(topK), topK > 0));
  }

  /** Keeps the smallest set of tokens whose probabilities reach this sum, in [0, 1]; 1 keeps all, 0 only the best. */
  public Generate topP(double topP) {
    return with(plan.withSetting(plan.decoding().withTopP(topP), topP < 1));
  }

  /** Keeps tokens at least this fraction as probable as the best, in [0, 1]; 0 keeps all. */
  public Generate minP(double minP) {
    return with(plan.withSetting(plan.decoding().withMinP(minP), minP > 0));
  }

  /** Keeps the tokens whose surprisal is nearest to the entropy, up to this mass, in [0, 1]; 1 keeps all. */
  public Generate typicalP(double typicalP) {
    return with(plan.withSetting(plan.decoding().withTypicalP(typicalP), typicalP < 1));
  }

  /** Makes tokens seen in prompt and output less likely; above 0, 1 changes nothing. Works on greedy choices too. */
  public Generate repetitionPenalty(double penalty) {
    return with(plan.withSetting(plan.decoding().withRepetitionPenalty(penalty), false));
  }

  /** Draws with this seed: same seed and settings, same text. A temperature of 0 that was set stays greedy. */
  public Generate seed(long seed) {
    return with(plan.withSetting(plan.decoding(), true).withSeed(seed));
  }

  /** Ends after one of these tokens instead of those that the model's files name; with none given, after no token. */
  public Generate endTokens(int... ids) {
    return with(plan.withEndTokens(Arrays.stream(ids).boxed().collect(Collectors.toUnmodifiableSet())));
  }

  /** Ends as soon as the generated text contains one of these, which replace earlier ones; the text ends right before it. */
  public Generate stop(String... stops) {
    return with(plan.withStops(StopStrings.of(stops)));
  }

  /**
   * When the context is full, or {@link Limits} allow no more keys and values, throws {@link ContextLimitException} or {@link
   * LimitException} instead of ending with {@link StopReason#CONTEXT}. A
   * prompt that fills the context still yields one token, which needs no place in it; a longer one is an error either way.
   */
  public Generate failWhenContextFull() {
    return with(plan.withFailWhenFull());
  }

  /**
   * Asked, on the thread that generates, before every token and, while several tokens pass together, before every block: a long
   * prompt is broken off too. The first true ends the generation with {@link StopReason#CANCELLED} and the tokens decided so
   * far, none if the prompt was not through; there is no exception. An interrupt of the thread does the same; its flag stays
   * set. So does, for those that are still to be pulled, closing a {@link #stream()}, from whichever thread.
   */
  public Generate cancelWhen(BooleanSupplier cancelled) {
    return with(plan.withCancelled(Objects.requireNonNull(cancelled, "cancelled")));
  }

  /** Someone looks on at these stations. */
  public Generate observe(Set<Station> stations, Observer observer) {
    return with(plan.withWatching(new Plan.Watching(Set.copyOf(stations), Objects.requireNonNull(observer, "observer"),
        plan.watching().promptProgress())));
  }

  /** Told, while a long prompt is read, how many of its tokens have been read. */
  public Generate promptProgress(IntConsumer progress) {
    return with(plan.withWatching(new Plan.Watching(plan.watching().stations(), plan.watching().observer(),
        Objects.requireNonNull(progress, "progress"))));
  }

  /** Generates to the end; an interrupt, or {@link #cancelWhen}, ends it early. */
  public Generation run() {
    return run(_ -> {});
  }

  /** Generates to the end, as {@link #run()} does; hands out every token as it comes. */
  public Generation run(Consumer<GeneratedToken> listener) {
    Objects.requireNonNull(listener, "listener");
    Generator generator = generator();
    List<GeneratedToken> tokens = new ArrayList<>();
    while (generator.hasNext()) {
      tokens.add(generator.next());
      listener.accept(tokens.getLast());
    }
    return generator.result(tokens);
  }

  /**
   * The tokens, each computed when it is pulled, the prompt read with the first. A stream that is not pulled any more costs
   * nothing; closing it, an interrupt, or {@link #cancelWhen} ends it, also while the prompt is read. Not parallel.
   */
  public Stream<GeneratedToken> stream() {
    Generator generator = generator();
    return Pulled.stream(generator, generator::cancel);
  }

  /** This generation as a journey: what happens on the way to each token can be captured and changed. */
  public JourneyPlan journey() {
    return new JourneyPlan(model, this);
  }

  Plan plan() {
    return plan;
  }

  int[] promptIds() {
    int[] ids = plan.ids();
    if (ids == null) throw new InvalidArgumentException("no prompt is set; call prompt(text) or ids(...) first");
    return Arrays.copyOf(ids, ids.length);
  }

  Generator generator() {
    int[] ids = promptIds();
    long seed = plan.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong());
    return new Generator(model, plan, ids, seed);
  }

  private Generate with(Plan changed) {
    return new Generate(model, changed);
  }
}
