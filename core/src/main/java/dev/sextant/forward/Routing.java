package dev.sextant.forward;

import dev.sextant.architecture.Blueprint.Experts;
import dev.sextant.kernel.Rows;
import java.util.Arrays;

/**
 * Which experts see which tokens, in one layer and pass. Each token is seen by its most probable experts; of two equally
 * probable ones the first is taken. Keeps its memory from layer to layer.
 */
final class Routing {
  private final Experts experts;
  /** What the router says [tokens, experts]: scores, then probabilities. */
  final Rows probabilities;
  /** The experts of each token, most probable first [tokens, chosen], and what their answers weigh. */
  private int[] chosen = {};
  private float[] weights = {};
  /** Places in {@code chosen}, those of the first expert first, and where each expert's begin. */
  private int[] places = {};
  private final int[] begins;

  Routing(Experts experts) {
    this.experts = experts;
    probabilities = new Rows(experts.count());
    begins = new int[experts.count() + 1];
  }

  /** Decides, from the router's scores. */
  void decide() {
    int tokens = probabilities.rows();
    if (chosen.length < tokens * experts.chosen()) grow(tokens * experts.chosen());
    for (int t = 0; t < tokens; t++) {
      softmax(probabilities.data(), probabilities.at(t), experts.count());
      for (int rank = 0; rank < experts.chosen(); rank++) choose(t, rank);
      if (experts.renormalized()) renormalize(t * experts.chosen());
    }
    sort(tokens * experts.chosen());
  }

  private void grow(int size) {
    weights = new float[size];
    places = new int[size];
    chosen = new int[size]; // last: it says how much room there is, should memory run out
  }

  private static void softmax(float[] x, int at, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = at; i < at + n; i++) max = Math.max(max, x[i]);
    double sum = 0;
    for (int i = at; i < at + n; i++) sum += Math.exp(x[i] - max);
    for (int i = at; i < at + n; i++) x[i] = (float) (Math.exp(x[i] - max) / sum);
  }

  /** The most probable expert that the token does not have yet. */
  private void choose(int token, int rank) {
    int at = probabilities.at(token);
    int first = token * experts.chosen();
    int best = -1;
    for (int e = 0; e < experts.count(); e++) {
      if (isChosen(e, first, rank)) continue;
      if (best < 0 || probabilities.data()[at + e] > probabilities.data()[at + best]) best = e;
    }
    chosen[first + rank] = best;
    weights[first + rank] = probabilities.data()[at + best];
  }

  private boolean isChosen(int expert, int first, int ranks) {
    for (int i = first; i < first + ranks; i++) if (chosen[i] == expert) return true;
    return false;
  }

  private void renormalize(int first) {
    double sum = 0;
    for (int i = first; i < first + experts.chosen(); i++) sum += weights[i];
    for (int i = first; i < first + experts.chosen(); i++) weights[i] = (float) (weights[i] / sum);
  }

  /** Sorts places by expert, those of one expert by token, by counting. */
  private void sort(int count) {
    Arrays.fill(begins, 0);
    for (int place = 0; place < count; place++) begins[chosen[place] + 1]++;
    for (int e = 0; e < experts.count(); e++) begins[e + 1] += begins[e];
    for (int place = 0; place < count; place++) places[begins[chosen[place]]++] = place;
    for (int e = experts.count(); e > 0; e--) begins[e] = begins[e - 1];
    begins[0] = 0;
  }

  /** How many pairs there are of a token and an expert that sees it. */
  int places() {
    return probabilities.rows() * experts.chosen();
  }

  /** The experts of each token, most probable first, as rows [tokens, chosen]. */
  Rows chosen() {
    Rows rows = new Rows(experts.chosen()).resize(probabilities.rows());
    for (int place = 0; place < places(); place++) rows.data()[place] = chosen[place];
    return rows;
  }

  /** What their answers weigh, as rows [tokens, chosen]. */
  Rows weights() {
    Rows rows = new Rows(experts.chosen()).resize(probabilities.rows());
    System.arraycopy(weights, 0, rows.data(), 0, places());
    return rows;
  }

  /** Which of all pairs, token by token, is that of an expert's i-th token. */
  int place(int expert, int i) {
    return places[begins[expert] + i];
  }

  /** How many tokens an expert sees. */
  int tokens(int expert) {
    return begins[expert + 1] - begins[expert];
  }

  /** The i-th token that an expert sees. */
  int token(int expert, int i) {
    return place(expert, i) / experts.chosen();
  }

  /** What the expert's answer to its i-th token weighs. */
  float weight(int expert, int i) {
    return weights[place(expert, i)];
  }
}
