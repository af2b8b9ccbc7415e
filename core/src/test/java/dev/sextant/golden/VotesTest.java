package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.TokenJourney;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Sources;
import dev.sextant.explain.Votes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Votes against those of the reference. */
class VotesTest {
  static List<Arguments> analyses() {
    return Stream.of("llama", "gpt2", "qwen3").flatMap(name -> Stream.of(true, false)
        .map(vectorized -> Arguments.of(Analysis.of(name), LoadOptions.defaults().withVectorized(vectorized))))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("analyses")
  void votesAreTheReferences(Analysis analysis, LoadOptions options) {
    try (Model model = analysis.golden().load(options)) {
      Contest contest = Contest.between(analysis.integer("token_a"), analysis.integer("token_b")).withAllSources();
      TokenJourney token = model.journey().ids(analysis.prompt()).votes(contest).run().tokens().getFirst();
      Votes votes = token.votes();
      assertEquals(analysis.integer("position"), votes.position());
      assertEquals(analysis.number("final_norm_scale"), votes.finalNormScale(), 1e-5);
      assertEquals(analysis.number("logit_difference"), votes.difference(), 1e-5);
      analysis.assertClose("dla.embedding", new double[] {votes.outside().embedding()});
      analysis.assertClose("dla.position", new double[] {votes.outside().position()});
      analysis.assertClose("dla.final_norm_bias", new double[] {votes.outside().finalNormBias()});
      analysis.assertClose("dla.unembedding_bias", new double[] {votes.outside().unembeddingBias()});
      analysis.assertClose("dla.heads", all(votes, Votes.Block::heads));
      analysis.assertClose("dla.attention_bias", all(votes, block -> new double[] {block.attentionBias()}));
      analysis.assertClose("dla.mlp", all(votes, block -> new double[] {block.mlp()}));
      analysis.assertClose("dla.running_total", votes.running());
      analysis.assertClose("dla.heads_by_source", sources(votes, model.config().heads()));
      assertEquals(0, votes.outside().logitCap());
      assertEquals(0, votes.outside().changes());
    }
  }

  private static double[] all(Votes votes, Function<Votes.Block, double[]> of) {
    return IntStream.range(0, votes.layers()).mapToObj(votes::block).map(of)
        .flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] sources(Votes votes, int heads) {
    int positions = votes.position() + 1;
    double[] all = new double[votes.layers() * heads * positions];
    assertEquals(votes.layers() * heads, votes.sources().size());
    for (Sources head : votes.sources())
      for (int p = 0; p < positions; p++)
        all[(head.head().layer() * heads + head.head().head()) * positions + p] = head.vote(p);
    return all;
  }
}
