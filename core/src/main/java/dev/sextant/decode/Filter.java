package dev.sextant.decode;

/**
 * One step from the model's logits to what is sampled from: changes the scores of the candidates or cuts some of them,
 * never all. A new one is a class here, a setting in {@link Decoding} and its place in {@link Decoding#filters()}.
 */
interface Filter {
  void apply(Candidates candidates, History history);
}
