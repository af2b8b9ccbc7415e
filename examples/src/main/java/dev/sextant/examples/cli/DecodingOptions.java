package dev.sextant.examples.cli;

import dev.sextant.Generate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How tokens are chosen and when to stop. What is not given stays as the library has it. */
final class DecodingOptions {
  @Option(names = {"-n", "--max-tokens"}, paramLabel = "N", converter = Values.CountOrNone.class,
      description = "Ends after so many tokens. Default: 256; a journey decides 1.")
  private @Nullable Integer maxTokens;

  @Option(names = {"-t", "--temperature"}, paramLabel = "T", converter = Values.NotNegative.class,
      description = "0, the default, always takes the most probable token; 1 draws as the model says.")
  private @Nullable Double temperature;

  @Option(names = "--top-k", paramLabel = "K", converter = Values.CountOrNone.class,
      description = "Draws from the K most probable tokens only.")
  private @Nullable Integer topK;

  @Option(names = "--top-p", paramLabel = "P", converter = Values.Share.class,
      description = "Draws from the fewest tokens that are together at least this probable.")
  private @Nullable Double topP;

  @Option(names = "--min-p", paramLabel = "P", converter = Values.Share.class,
      description = "Draws from tokens at least this fraction as probable as the best.")
  private @Nullable Double minP;

  @Option(names = "--typical-p", paramLabel = "P", converter = Values.Share.class,
      description = "Draws from the tokens about as surprising as expected, up to this probability.")
  private @Nullable Double typicalP;

  @Option(names = "--repetition-penalty", paramLabel = "R", converter = Values.Positive.class,
      description = "Above 1, makes tokens that were there before less likely.")
  private @Nullable Double repetitionPenalty;

  @Option(names = {"-s", "--seed"}, paramLabel = "SEED", converter = Values.Seed.class,
      description = "Draws the same text again for the same seed.")
  private @Nullable Long seed;

  @Option(names = "--stop", paramLabel = "TEXT", converter = Values.Text.class,
      description = "Ends right before this text; may be given several times.")
  private String[] stops = {};

  Generate apply(Generate generate, int usualTokens) {
    Generate set = generate.maxTokens(maxTokens == null ? usualTokens : maxTokens).stop(stops);
    if (seed != null) set = set.seed(seed);
    if (topK != null) set = set.topK(topK);
    if (topP != null) set = set.topP(topP);
    if (minP != null) set = set.minP(minP);
    if (typicalP != null) set = set.typicalP(typicalP);
    if (repetitionPenalty != null) set = set.repetitionPenalty(repetitionPenalty);
    if (temperature != null) set = set.temperature(temperature); // last: what was asked for stands
    return set;
  }
}
