package dev.sextant.forward;

import dev.sextant.architecture.Blueprint.Experts;
import dev.sextant.kernel.Rows;

/** The buffers of a mixture of experts: who sees what, and the tokens that one expert sees, together. */
final class Panel {
  final Routing routing;
  /** What the expert reads [its tokens, hidden]. */
  final Rows question;
  /** Inside the expert. */
  final Features features;
  /** What the expert writes [its tokens, hidden]. */
  final Rows answer;

  Panel(Experts experts, int hidden) {
    routing = new Routing(experts);
    question = new Rows(hidden);
    features = new Features(experts.mlp());
    answer = new Rows(hidden);
  }

  /** Puts the rows of the tokens that an expert sees together. */
  void ask(int expert, Rows x) {
    question.resize(routing.tokens(expert));
    for (int i = 0; i < question.rows(); i++) {
      System.arraycopy(x.data(), x.at(routing.token(expert, i)), question.data(), question.at(i), x.width());
    }
  }

  /** Room for the features of every token and chosen expert [tokens · chosen, mlp]. */
  Rows room() {
    return new Rows(features.bent.width()).resize(routing.places());
  }

  /** Puts the features inside an expert to their places. */
  void show(int expert, Rows all) {
    for (int i = 0; i < features.bent.rows(); i++) {
      int to = all.at(routing.place(expert, i));
      System.arraycopy(features.bent.data(), features.bent.at(i), all.data(), to, all.width());
    }
  }

  /** Adds the expert's answers, weighed, to what is written for its tokens. */
  void collect(int expert, Rows write) {
    for (int i = 0; i < answer.rows(); i++) {
      float weight = routing.weight(expert, i);
      int from = answer.at(i);
      int to = write.at(routing.token(expert, i));
      for (int f = 0; f < write.width(); f++) write.data()[to + f] += weight * answer.data()[from + f];
    }
  }
}
