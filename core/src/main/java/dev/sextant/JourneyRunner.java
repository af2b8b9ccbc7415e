package dev.sextant;

import dev.sextant.analysis.AnswerSizes;
import dev.sextant.explain.Contest;
import dev.sextant.explain.LensPlan;
import dev.sextant.forward.Visitor;
import dev.sextant.trace.Captured;
import dev.sextant.trace.Selection;
import dev.sextant.visit.Forecasts;
import dev.sextant.visit.Interventions;
import dev.sextant.visit.Onlooker;
import dev.sextant.visit.Recorder;
import dev.sextant.visit.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** One journey under way: each token is generated, and what was recorded in its pass becomes its story. */
final class JourneyRunner implements Iterator<TokenJourney> {
  private final JourneyPlan plan;
  private final Generator generator;
  private final Recorder recorder;
  private final Inquiry inquiry;
  private final int promptLength;
  /** Of the whole text; grows, and is never changed where it is filled, so that stories may share it. */
  private int[] ids;
  private int length;

  JourneyRunner(JourneyPlan plan) {
    this.plan = plan;
    ids = plan.generate().promptIds();
    length = ids.length;
    promptLength = ids.length;
    Shapes shapes = plan.model().shapes();
    int positions = positions(plan, promptLength, plan.generate().plan().ending().maxTokens());
    require(plan, shapes, positions);
    Interventions interventions = new Interventions(plan.changes(), shapes, promptLength, positions);
    recorder = new Recorder(plan.capture(), shapes, promptLength);
    inquiry = new Inquiry(plan.model(), plan.questions(), ids, !plan.changes().isEmpty());
    generator = plan.generate().generator();
    generator.session().visitedBy(visitors(interventions));
  }

  /** Changes come first, so that everybody else sees what goes on from there. */
  private List<Visitor> visitors(Interventions interventions) {
    Plan.Watching watching = plan.generate().plan().watching();
    List<Visitor> visitors = new ArrayList<>();
    visitors.addAll(List.of(interventions, new Onlooker(watching.stations(), watching.observer()), recorder));
    visitors.addAll(inquiry.visitors());
    return visitors;
  }

  /** How many positions may pass. The token decided last does not pass. */
  private static int positions(JourneyPlan plan, int prompt, int newTokens) {
    long positions = (long) prompt + Math.max(0, newTokens - 1);
    return (int) Math.min(positions, Math.max(prompt, plan.model().contextLength()));
  }

  /** Throws if the plan names what the model does not have, or what is not reached. */
  private static void require(JourneyPlan plan, Shapes shapes, int positions) {
    Forecasts.require(plan.capture(), shapes, positions);
    Questions questions = plan.questions();
    plan.model().requireKnown(questions.tokens());
    LensPlan lens = questions.lens();
    if (lens != null) shapes.require("lens", Selection.ALL.withPositions(lens.positions()), positions);
  }

  static Forecast forecast(JourneyPlan plan, int promptTokens, int newTokens) {
    if (promptTokens < 1 || newTokens < 0) {
      throw new InvalidArgumentException(
          promptTokens + " and " + newTokens + " tokens; a prompt has at least 1, and what is decided is not negative");
    }
    int positions = positions(plan, promptTokens, newTokens);
    Shapes shapes = plan.model().shapes();
    require(plan, shapes, positions);
    int decided = newTokens == 0 ? 0 : positions - promptTokens + 1;
    AnswerSizes sizes = plan.model().answerSizes();
    long votes = 0;
    for (Contest contest : plan.questions().contests())
      votes = Math.addExact(votes, sizes.ofVotes(contest, promptTokens - 1, decided));
    LensPlan lens = plan.questions().lens();
    return new Forecast(Forecasts.bytes(plan.capture(), shapes, promptTokens, positions),
        (long) Float.BYTES * shapes.sizes().vocabulary() * decided, votes,
        lens == null ? 0 : sizes.ofLens(lens, promptTokens, positions, decided > 0));
  }

  @Override
  public boolean hasNext() {
    return generator.hasNext();
  }

  @Override
  public TokenJourney next() {
    GeneratedToken token = generator.next();
    float[] logits = generator.liveLogits().clone();
    TokenJourney.Decision decision = new TokenJourney.Decision(token, generator.chosen(),
        plan.generate().plan().decoding(), logits, inquiry.answer(token.id(), logits, generator.session()));
    TokenJourney story = new TokenJourney(decision, ids, length, recorder.take(), plan.model().textOf());
    if (length == ids.length) ids = Arrays.copyOf(ids, 2 * length);
    ids[length++] = token.id();
    return story;
  }

  void cancel() {
    generator.cancel();
  }

  /** Why it ended. */
  StopReason stopReason() {
    return generator.result(List.of()).stopReason();
  }

  /** The whole, given the stories that came. Of a pass that was broken off, nothing is told. */
  Journey journey(List<TokenJourney> tokens) {
    boolean ofPrompt = tokens.isEmpty() && generator.session().length() > 0;
    List<Captured> passes = ofPrompt ? List.of(recorder.take())
        : tokens.stream().map(TokenJourney::captured).toList();
    Generation generation = generator.result(tokens.stream().map(TokenJourney::token).toList());
    Journey.Terms terms = new Journey.Terms(plan.model().config(), plan.capture(), plan.changes(),
        plan.generate().plan().decoding());
    return new Journey(terms, generation, tokens, Captured.join(passes),
        ofPrompt ? inquiry.ofPrompt() : List.of(), plan.model().textOf());
  }
}
