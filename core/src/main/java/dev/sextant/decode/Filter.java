package dev.sextant.decode;

/**
 * One step from the model's logits to what is sampled from: changes the scores of the candidates or cuts some of them,
 * never all. A new one is a class here, a setting in {@link Decoding} and its place in {@link Decoding#filters()}.
 */
interface Filter {
  /** For people and reports. */
  String name();

  /** Its strength, as {@link Decoding} has it. */
  double setting();

  /** Whether it changes scores, instead of cutting. */
  default boolean rescores() {
    return false;
  }

  void apply(Candidates candidates, History history);
}
