package dev.sextant.decode;

import java.util.random.RandomGenerator;

/** Takes one of the candidates that the filters left. */
interface Choice {
  Draw choose(Candidates candidates);

  /**
   * @param id     the token taken
   * @param number the random number that pointed at it, in [0, 1); NaN where nothing was drawn
   */
  record Draw(int id, double number) {}

  /** The best candidate, the lowest id among equals. */
  record Greedy() implements Choice {
    @Override
    public Draw choose(Candidates candidates) {
      return new Draw(candidates.best(), Double.NaN);
    }
  }

  /** Draws in proportion to the probabilities; takes exactly one number from the generator. */
  record Sampled(RandomGenerator random) implements Choice {
    @Override
    public Draw choose(Candidates candidates) {
      double number = random.nextDouble();
      return new Draw(candidates.at(number), number);
    }
  }
}
