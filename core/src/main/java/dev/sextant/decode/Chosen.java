package dev.sextant.decode;

/**
 * A token taken, and how likely it was. The draw can be repeated: of {@link Decoding#distribution}, {@code id} is the
 * first up to which the probabilities, added up by ascending id, exceed {@code drawn}.
 *
 * @param id             the token
 * @param logProbability natural logarithm of its probability under the model's own distribution: temperature 1, no
 *                       filter, no penalty
 * @param probability    its probability under the filtered distribution it was drawn from, in (0, 1]; 1 when greedy
 * @param drawn          the random number that pointed at it, in [0, 1); NaN when greedy, where nothing is drawn
 * @param candidates     how many tokens the filters had left, at least 1
 */
public record Chosen(int id, double logProbability, double probability, double drawn, int candidates) {}
