package dev.sextant;

import dev.sextant.analysis.LensWitness;
import dev.sextant.analysis.Witness;
import dev.sextant.explain.Contest;
import dev.sextant.explain.LensPlan;
import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Votes;
import dev.sextant.forward.Visitor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks on while a journey runs, and answers what is asked about each token once it is decided. */
final class Inquiry {
  private final Model model;
  private final boolean changed;
  private final @Nullable Witness witness;
  private final @Nullable LensWitness lens;

  /**
   * @param changed whether interventions are made
   */
  Inquiry(Model model, Questions questions, int[] prompt, boolean changed) {
    this.model = model;
    this.changed = changed;
    this.witness = questions.contests().isEmpty() ? null : model.witness(questions.contests());
    LensPlan plan = questions.lens();
    this.lens = plan == null ? null : model.lensWitness(plan, prompt);
  }

  List<Visitor> visitors() {
    List<Visitor> visitors = new ArrayList<>();
    if (witness != null) visitors.add(witness);
    if (lens != null) visitors.add(lens);
    return visitors;
  }

  /**
   * The answers about a token that has just been decided.
   *
   * @param logits it was chosen from
   */
  Answers answer(int token, float[] logits, Session session) {
    List<Votes> votes = new ArrayList<>();
    List<LogitLens> lenses = new ArrayList<>();
    model.pass(() -> {
      if (witness != null) votes.addAll(witness.count(token, logits, session::copyValue, changed));
      if (lens != null) lenses.addAll(lens.take(followed(token, logits)));
    });
    return new Answers(List.copyOf(votes), List.copyOf(lenses));
  }

  private static int[] followed(int token, float[] logits) {
    if (logits.length == 1) return new int[] {token};
    return new int[] {token, Contest.againstRunnerUp(token).settled(token, logits).tokenB()};
  }

  /** What lenses read of a prompt behind which nothing is decided. */
  List<LogitLens> ofPrompt() {
    List<LogitLens> lenses = new ArrayList<>();
    if (lens != null) model.pass(() -> lenses.addAll(lens.take()));
    return lenses;
  }
}
