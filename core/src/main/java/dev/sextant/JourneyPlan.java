package dev.sextant;

import dev.sextant.decode.Decoding;
import dev.sextant.explain.Contest;
import dev.sextant.explain.LensPlan;
import dev.sextant.tokenizer.EncodeOptions;
import dev.sextant.tokenizer.chat.ChatMessage;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.Change;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A journey as described so far: a generation, what is captured on the way and what is changed. Immutable: every setter gives
 * a new one. What does not fit the model is refused when it runs or is forecast, before anything is computed.
 */
public final class JourneyPlan {
  private final Model model;
  private final Generate generate;
  private final CapturePlan capture;
  private final List<Change> changes;
  private final Questions questions;

  JourneyPlan(Model model, Generate generate) {
    this(model, generate, CapturePlan.nothing(), List.of(), Questions.NONE);
  }

  private JourneyPlan(Model model, Generate generate, CapturePlan capture, List<Change> changes,
      Questions questions) {
    this.model = model;
    this.generate = generate;
    this.capture = capture;
    this.changes = List.copyOf(changes);
    this.questions = questions;
  }

  /** The text to go on from, as {@link Generate#prompt(String)} takes it, with the same errors. */
  public JourneyPlan prompt(String text) {
    return with(generate.prompt(text));
  }

  /** The text to go on from, encoded as said, as {@link Generate#prompt(String, EncodeOptions)} takes it. */
  public JourneyPlan prompt(String text, EncodeOptions options) {
    return with(generate.prompt(text, options));
  }

  /** A conversation to answer, as {@link Generate#messages} takes it, with the same errors. */
  public JourneyPlan messages(ChatMessage... messages) {
    return with(generate.messages(messages));
  }

  /** The ids to go on from: at least one, each in [0, vocabularySize). */
  public JourneyPlan ids(int... ids) {
    return with(generate.ids(ids));
  }

  /** Ends after so many decided tokens; with 0 the prompt passes and nothing is decided. */
  public JourneyPlan maxTokens(int maxTokens) {
    return with(generate.maxTokens(maxTokens));
  }

  /** How tokens are chosen; greedy unless set. */
  public JourneyPlan decoding(Decoding decoding) {
    return with(generate.decoding(decoding));
  }

  /** Draws with this seed, as {@link Generate#seed} does. */
  public JourneyPlan seed(long seed) {
    return with(generate.seed(seed));
  }

  /** Ends as soon as the generated text contains one of these. */
  public JourneyPlan stop(String... stops) {
    return with(generate.stop(stops));
  }

  /** Captures all that passes these stations, besides what is captured already. */
  public JourneyPlan capture(Station... stations) {
    return capture(CapturePlan.of(stations));
  }

  /** Captures what the plan says, besides what is captured already. */
  public JourneyPlan capture(CapturePlan plan) {
    return with(capture.and(plan));
  }

  /** Of what is captured so far, these layers only. */
  public JourneyPlan layers(int... layers) {
    return with(capture.layers(layers));
  }

  /** Of what is captured so far, these query heads only, where a station is by head. */
  public JourneyPlan heads(int... heads) {
    return with(capture.heads(heads));
  }

  /** Of what is captured so far, these positions only. */
  public JourneyPlan positions(Positions positions) {
    return with(capture.positions(positions));
  }

  /** Makes these changes on the way, after those made already. */
  public JourneyPlan change(Change... more) {
    List<Change> all = new ArrayList<>(changes);
    all.addAll(List.of(more));
    return new JourneyPlan(model, generate, capture, all, questions);
  }

  /**
   * Counts, for each decided token, the votes of all parts of the model for it against the most probable other one:
   * {@link TokenJourney#votes()}. Replaces what was to be counted.
   */
  public JourneyPlan votes() {
    return votes(Contest.chosenAgainstRunnerUp());
  }

  /** Counts votes for each decided token, once for each of these contests. Replaces what was to be counted. */
  public JourneyPlan votes(Contest... contests) {
    return asking(new Questions(List.of(contests), questions.lens()));
  }

  /** Reads, wherever a token is decided, what the model would have said from each layer: {@link TokenJourney#lens()}. */
  public JourneyPlan lens() {
    return lens(LensPlan.atDecisions());
  }

  /** Reads what the model would have said from each layer, where and as finely as the plan says. */
  public JourneyPlan lens(LensPlan plan) {
    return asking(new Questions(questions.contests(), Objects.requireNonNull(plan, "plan")));
  }

  /**
   * All that {@link TokenJourney#why()} tells: votes for the decided token against the most probable other one, the
   * strongest heads split by the positions they looked at, and what the model would have said from each layer.
   */
  public JourneyPlan why() {
    return votes(Contest.chosenAgainstRunnerUp().withSources(WhyThisToken.HEADS)).lens();
  }

  /** What {@link #run()} will hold if it decides as many tokens as it may. */
  public Forecast forecast() {
    return forecast(generate.promptIds().length, generate.plan().ending().maxTokens());
  }

  /** What a run would hold with a prompt of so many tokens that decides so many. */
  public Forecast forecast(int promptTokens, int newTokens) {
    return JourneyRunner.forecast(this, promptTokens, newTokens);
  }

  /**
   * Runs to the end and keeps everything. An interrupt, or {@link Generate#cancelWhen}, ends it early, as it does a generation;
   * of a prompt that was broken off, nothing is kept.
   */
  public Journey run() {
    JourneyRunner runner = new JourneyRunner(this);
    List<TokenJourney> tokens = new ArrayList<>();
    while (runner.hasNext()) tokens.add(runner.next());
    return runner.journey(tokens);
  }

  /**
   * Runs to the end, as {@link #run()} does, and hands out the story of each token as it is decided; keeps none of them. Where
   * none is to be decided, observers and changes meet the prompt, and nothing is handed out.
   */
  public StopReason stream(Consumer<? super TokenJourney> listener) {
    Objects.requireNonNull(listener, "listener");
    JourneyRunner runner = new JourneyRunner(this);
    while (runner.hasNext()) listener.accept(runner.next());
    return runner.stopReason();
  }

  /**
   * The story of each token, computed when it is pulled, kept by nobody. A stream that is not pulled any more costs nothing;
   * closing it, an interrupt, or {@link Generate#cancelWhen} ends it, also while the prompt is read. Where no token is to be
   * decided, the prompt passes when the first one is pulled. Not parallel.
   */
  public Stream<TokenJourney> stream() {
    JourneyRunner runner = new JourneyRunner(this);
    return Pulled.stream(runner, runner::cancel);
  }

  Model model() {
    return model;
  }

  Generate generate() {
    return generate;
  }

  CapturePlan capture() {
    return capture;
  }

  List<Change> changes() {
    return changes;
  }

  Questions questions() {
    return questions;
  }

  private JourneyPlan asking(Questions changed) {
    return new JourneyPlan(model, generate, capture, changes, changed);
  }

  private JourneyPlan with(Generate changed) {
    return new JourneyPlan(model, changed, capture, changes, questions);
  }

  private JourneyPlan with(CapturePlan changed) {
    return new JourneyPlan(model, generate, changed, changes, questions);
  }
}
