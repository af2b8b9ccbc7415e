package dev.sextant.decode;

/**
 * What one filter did on the way from the model's logits to what a token is drawn from.
 *
 * @param filter  "repetition penalty", "temperature", "top-k", "top-p", "min-p", "typical", or "greedy" for temperature 0;
 *                the first two cut no tokens but change how probable they are
 * @param setting its strength, as {@link Decoding} has it
 * @param tokens  how many tokens it cut
 * @param mass    what these had together, in 0..1, of the distribution that the filters before it had left
 * @param left    how many tokens are left, at least 1; not counted are those whose probability is 0 in double precision,
 *                as that of most is at a very low temperature
 */
public record Cut(String filter, double setting, int tokens, double mass, int left) {

  /** Applies the filter and tells. The candidates have been through the filters before it. */
  static Cut by(Filter filter, Candidates candidates, History history) {
    if (filter.rescores()) {
      filter.apply(candidates, history);
      return new Cut(filter.name(), filter.setting(), 0, 0, candidates.possible());
    }
    double total = candidates.total(); // impossible tokens leave here, and are not this filter's
    int before = candidates.count();
    filter.apply(candidates, history);
    int cut = before - candidates.count();
    double mass = cut == 0 ? 0 : Math.max(0, 1 - candidates.total() / total);
    return new Cut(filter.name(), filter.setting(), cut, mass, candidates.count());
  }
}
