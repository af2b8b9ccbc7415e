package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.InvalidArgumentException;
import dev.sextant.Journey;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelFamily;
import dev.sextant.TokenJourney;
import dev.sextant.WeightFormat;
import dev.sextant.WhyThisToken;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Neurons;
import dev.sextant.explain.Part;
import dev.sextant.explain.Sources;
import dev.sextant.explain.Vote;
import dev.sextant.explain.Votes;
import dev.sextant.trace.Change;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In every family, parts + remainder = what the model says, and the remainder is rounding. */
class VotesAddUpTest {
  /** The remainder stays below this share of the sizes of all votes: rounding of single precision. */
  private static final double ROUNDING = 2e-6;

  static List<String> names() {
    return GoldenTest.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void asStored(String name) {
    for (LoadOptions options : List.of(LoadOptions.defaults(), LoadOptions.defaults().withVectorized(false))) {
      try (Model model = Golden.of(name).load(options)) {
        check(name, model, true);
      }
    }
  }

  /** What heads read in 4 bits is rounded after it is mixed, so sources do not add up to the bit there. */
  @ParameterizedTest
  @MethodSource("names")
  void quantised(String name) {
    for (WeightFormat format : List.of(WeightFormat.Q8, WeightFormat.Q4)) {
      try (Model model = Golden.of(name).load(LoadOptions.defaults().withWeights(format))) {
        check(name + " " + format, model, format == WeightFormat.Q8);
      }
    }
  }

  /** LayerNorms with biases behind both halves of a block: no family has them, but one can be described. */
  @Test
  void withBiasesOfNormsBehindTheWrites(@TempDir Path folder) throws IOException {
    Golden golden = Golden.of("gpt2-f16");
    try (Stream<Path> files = Files.list(golden.folder())) {
      for (Path file : files.toList()) Files.copy(file, folder.resolve(file.getFileName()));
    }
    ModelFamily family = new ModelFamily("gpt2", "gpt2", """
        attention.norm.after  transformer.h.*.ln_1 +bias
        mlp.norm.after        transformer.h.*.ln_2 +bias
        """, "residual scale = 0.7\nlogit cap = 3\nlogit divisor = 0.8");
    try (Model model = Model.load(folder, LoadOptions.defaults().withFamily(family))) {
      check("gpt2 with norms behind", model, true);
      Votes votes = model.journey().ids(golden.prompt("p13")).votes().run().tokens().getFirst().votes();
      assertNotEquals(0, votes.block(0).attentionNormBias());
      assertNotEquals(0, votes.block(1).mlpNormBias());
    }
  }

  /** Random prompts, random tokens, in the prompt's pass and in passes of one token. */
  private static void check(String name, Model model, boolean sourcesAddUp) {
    Random random = new Random(name.hashCode());
    int vocabulary = model.config().vocabularySize();
    for (int run = 0; run < 3; run++) {
      int[] ids = random.ints(1 + random.nextInt(20), 0, vocabulary).toArray();
      int a = random.nextInt(vocabulary);
      int b = (a + 1 + random.nextInt(vocabulary - 1)) % vocabulary;
      List<TokenJourney> tokens = model.journey().ids(ids).maxTokens(3)
          .votes(Contest.between(a, b).withNeurons().withAllSources(), Contest.of(a), Contest.chosenAgainstRunnerUp())
          .run().tokens();
      for (TokenJourney token : tokens) {
        for (Votes votes : token.allVotes()) checkSum(name, votes, token.distribution());
        checkNeurons(name, token.votes());
        if (sourcesAddUp) checkSources(name, token.votes());
      }
    }
  }

  private static void checkSum(String name, Votes votes, Distribution said) {
    double b = votes.tokenB() == Contest.NOBODY ? 0 : said.logit(votes.tokenB());
    assertEquals(said.logit(votes.tokenA()) - b, votes.difference(), 1e-6, name);
    assertEquals(votes.difference(), votes.sum() + votes.remainder(), 1e-12, name);
    double listed = votes.all().stream().mapToDouble(Vote::value).sum();
    assertEquals(votes.sum(), listed, 1e-9, name);
    assertTrue(votes.magnitude() > 0.1, name);
    assertEquals(0, votes.remainder(), ROUNDING * votes.magnitude(), name + ": " + votes);
  }

  private static void checkNeurons(String name, Votes votes) {
    for (int layer = 0; layer < votes.layers(); layer++) {
      int index = layer;
      List<Neurons> ofLayer = votes.neurons().stream().filter(neurons -> neurons.layer() == index).toList();
      double sum = ofLayer.stream().mapToDouble(Neurons::sum).sum();
      double size = ofLayer.stream().mapToDouble(neurons -> Math.abs(neurons.bias())
          + IntStream.range(0, neurons.count()).mapToDouble(i -> Math.abs(neurons.vote(i))).sum()).sum();
      assertEquals(votes.mlp(layer), sum, 1e-5 * size, name + ", neurons of layer " + layer);
    }
  }

  private static void checkSources(String name, Votes votes) {
    for (Sources head : votes.sources()) {
      double sum = IntStream.range(0, head.positions()).mapToDouble(head::vote).sum();
      double size = IntStream.range(0, head.positions()).mapToDouble(p -> Math.abs(head.vote(p))).sum();
      Part.Head part = head.head();
      assertEquals(votes.head(part.layer(), part.head()), sum, 1e-5 * size, name + ", sources of " + part.label());
      double looked = IntStream.range(0, head.positions()).mapToDouble(head::probability).sum();
      assertEquals(1, looked, 1e-5, name);
    }
  }

  /** A rival that is decided itself on the way stands aside for the runner-up, there only. */
  @Test
  void aRivalThatIsChosenStandsAside() {
    try (Model model = Golden.of("llama").load(LoadOptions.defaults())) {
      var plan = model.generate().ids(Golden.of("llama").prompt("p13")).endTokens().maxTokens(6)
          .temperature(1).seed(3);
      int rival = plan.run().tokens().get(3).id();
      Contest contest = Contest.chosenAgainst(rival).withAllSources();
      Journey journey = plan.journey().votes(contest, Contest.chosenAgainstRunnerUp().withAllSources())
          .capture(contest.stations().toArray(Station[]::new)).run();
      assertEquals(6, journey.tokens().size());
      int opponents = 0;
      for (TokenJourney token : journey.tokens()) {
        Votes votes = token.allVotes().getFirst();
        checkSum("llama", votes, token.distribution());
        assertEquals(token.id(), votes.tokenA());
        assertEquals(token.id() == rival ? token.runnerUp().id() : rival, votes.tokenB());
        if (token.id() == rival) assertEquals(token.allVotes().getLast().all(), votes.all());
        else opponents++;
        assertEquals(votes.all(), model.votes(journey, token.index(), contest).all(), "counted afterwards");
      }
      assertEquals(rival, journey.tokens().get(3).id());
      assertTrue(opponents > 0, "it is not decided everywhere");
    }
  }

  @Test
  void mixturesNameTheirExperts() {
    try (Model model = Golden.of("qwen3_moe").load(LoadOptions.defaults())) {
      Votes votes = model.journey().ids(Golden.of("qwen3_moe").prompt("p7")).votes(Contest.chosen().withNeurons()).run()
          .tokens().getFirst().votes();
      assertEquals(List.of(3, 1, 3), IntStream.range(0, 3).mapToObj(layer -> (int) votes.neurons().stream()
          .filter(neurons -> neurons.layer() == layer).count()).toList());
      assertEquals(3, votes.neurons().stream().filter(neurons -> neurons.layer() == 0).map(Neurons::expert).distinct()
          .count());
      assertEquals(-1, votes.neurons().get(3).expert());
    }
  }

  /** What interventions add to the stream is a part of its own; what they change inside a part is that part's. */
  @Test
  void changesAreAPart() {
    try (Model model = Golden.of("llama").load(LoadOptions.defaults())) {
      int[] ids = Golden.of("llama").prompt("p13");
      float[] steer = new float[model.config().hiddenSize()];
      Arrays.fill(steer, 0.3f);
      steer[3] = -2;
      Votes steered = model.journey().ids(ids).change(Change.add(Station.RESIDUAL_POST, steer).layers(1)).votes().run()
          .tokens().getFirst().votes();
      assertNotEquals(0, steered.outside().changes());
      assertEquals(0, steered.remainder(), ROUNDING * steered.magnitude());
      Votes silenced = model.journey().ids(ids).change(Change.zero(Station.MIXED).layers(1).heads(2)).votes().run()
          .tokens().getFirst().votes();
      assertEquals(0, silenced.head(1, 2));
      assertEquals(0, silenced.outside().changes(), ROUNDING * silenced.magnitude());
    }
  }

  /** What was captured gives the same votes afterwards, and any others. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "gemma2", "qwen3_moe"})
  void votesCanBeCountedAfterwards(String name) {
    try (Model model = Golden.of(name).load(LoadOptions.defaults())) {
      Contest contest = Contest.between(3, 9).withAllSources().withNeurons();
      Journey journey = model.journey().ids(Golden.of(name).prompt("p13")).maxTokens(3).votes(contest)
          .capture(contest.stations().toArray(Station[]::new)).run();
      for (int i = 0; i < 3; i++) {
        Votes during = journey.tokens().get(i).votes();
        Votes after = model.votes(journey, i, contest);
        assertEquals(during.all(), after.all());
        assertEquals(during.sources().getLast().strongest(4), after.sources().getLast().strongest(4));
        assertEquals(during.neurons().getLast().sum(), after.neurons().getLast().sum());
        checkSum(name, model.votes(journey, i, Contest.between(8, 1)), journey.tokens().get(i).distribution());
      }
      assertThrows(InvalidArgumentException.class, () -> model.votes(journey, 3, contest));
    }
  }

  /** Where a text has passed again meanwhile, votes are those of the pass that decided the token. */
  @Test
  void votesCanBeCountedAfterwardsOfATextThatPassedAgain() {
    try (Model model = Golden.of("phi3-longrope-crossing").load(LoadOptions.defaults())) {
      Contest contest = Contest.chosenAgainstRunnerUp().withAllSources();
      Journey journey = model.generate().ids(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).endTokens().maxTokens(25).journey()
          .votes(contest).capture(contest.stations().toArray(Station[]::new)).run();
      assertTrue(journey.tokens().stream().anyMatch(token -> token.index() > 0
          && token.at(Station.VALUES, 0).has(0)), "a text that passes again");
      for (TokenJourney token : journey.tokens()) {
        Votes after = model.votes(journey, token.index(), contest);
        assertEquals(token.votes().all(), after.all());
        checkSum("crossing", after, token.distribution());
        checkSources("crossing", after);
      }
    }
  }

  @Test
  void whatWasNotCapturedIsMissed() {
    try (Model model = Golden.of("llama").load(LoadOptions.defaults());
        Model other = Golden.of("qwen3").load(LoadOptions.defaults())) {
      var plan = model.journey().ids(1, 2, 3);
      Station[] stations = Contest.chosen().stations().toArray(Station[]::new);
      Journey nothing = plan.run();
      Journey oneHead = plan.capture(stations).heads(1).run();
      Journey otherPosition = plan.capture(stations).positions(Positions.of(1)).run();
      Journey complete = plan.capture(stations).run();
      for (Journey journey : List.of(nothing, oneHead, otherPosition))
        assertThrows(InvalidArgumentException.class, () -> model.votes(journey, 0, Contest.chosen()));
      assertThrows(InvalidArgumentException.class, () -> model.votes(complete, 0, Contest.chosen().withSources(1)));
      assertThrows(InvalidArgumentException.class, () -> other.votes(complete, 0, Contest.chosen()));
      assertEquals(model.votes(complete, 0, Contest.chosen()).difference(), complete.tokens().getFirst().distribution()
          .logit(complete.tokens().getFirst().id()));
    }
  }

  /** Only what is still held of a long stream is in memory. */
  @Test
  void aStreamKeepsNothing() {
    try (Model model = Golden.of("llama").load(LoadOptions.defaults().withContextLength(1000))) {
      List<WeakReference<TokenJourney>> heard = new ArrayList<>();
      model.generate().ids(1).endTokens().maxTokens(900).journey().why()
          .stream(token -> heard.add(new WeakReference<>(token)));
      assertEquals(900, heard.size());
      for (int i = 0; i < 20 && heard.stream().limit(890).anyMatch(token -> token.get() != null); i++) System.gc();
      assertEquals(0, heard.stream().limit(890).filter(token -> token.get() != null).count());
    }
  }

  @Test
  void theReportTellsWhy() {
    try (Model model = Golden.of("llama").load(LoadOptions.defaults())) {
      TokenJourney token = model.generate().ids(Golden.of("llama").prompt("p13")).temperature(1).topK(20).seed(3)
          .maxTokens(1).journey().why().run().tokens().getFirst();
      WhyThisToken why = token.why();
      assertEquals(token.id(), why.token().id());
      assertEquals(token.runnerUp(), why.against());
      assertEquals(8, why.looks().size());
      assertEquals(why.votes().strongestFor(99).size() + why.votes().strongestAgainst(99).size(),
          why.votes().all().stream().filter(vote -> vote.value() != 0).count());
      assertEquals(token.drawn(), why.choice().drawn());
      assertEquals(token.cuts(), why.choice().cuts());
      assertEquals(why.led(), token.distribution().argmax() == token.id());
      String text = why.toString();
      for (String piece : List.of("remainder of the sum", "looked at", "top-k 20.0 cut 92", "random number"))
        assertTrue(text.contains(piece), text);
    }
  }

  @Test
  void thresholdsAndOrders() {
    try (Model model = Golden.of("gemma2").load(LoadOptions.defaults())) {
      int[] ids = Golden.of("gemma2").prompt("p13");
      TokenJourney token = model.journey().ids(ids).votes().run().tokens().getFirst();
      Votes votes = token.votes();
      assertEquals(token.id(), votes.tokenA());
      assertEquals(token.runnerUp().id(), votes.tokenB());
      assertNotEquals(0, votes.outside().logitCap());
      List<Vote> strongest = votes.strongestFor(100);
      assertTrue(strongest.stream().allMatch(vote -> vote.value() > 0));
      for (int i = 1; i < strongest.size(); i++)
        assertTrue(strongest.get(i - 1).value() >= strongest.get(i).value());
      assertTrue(votes.strongestAgainst(100).stream().allMatch(vote -> vote.value() < 0));
      assertEquals(3, votes.strongestFor(3).size());
    }
  }

  @Test
  void whatIsNotThereIsSaid() {
    try (Model model = Golden.of("llama").load(LoadOptions.defaults())) {
      int[] ids = Golden.of("llama").prompt("p7");
      InvalidArgumentException unknown = assertThrows(InvalidArgumentException.class,
          () -> model.journey().ids(ids).votes(Contest.of(112)).run());
      assertTrue(unknown.getMessage().contains("112"), unknown.getMessage());
      assertThrows(InvalidArgumentException.class, () -> Contest.between(5, 5));
      assertThrows(InvalidArgumentException.class, () -> Contest.of(-7));
      TokenJourney token = model.journey().ids(ids).run().tokens().getFirst();
      assertThrows(InvalidArgumentException.class, token::votes);
      assertThrows(InvalidArgumentException.class, token::lens);
      assertThrows(InvalidArgumentException.class, token::why);
      Votes votes = model.journey().ids(ids).votes().run().tokens().getFirst().votes();
      assertThrows(InvalidArgumentException.class, () -> votes.head(0, 4));
      assertThrows(InvalidArgumentException.class, () -> votes.block(3));
    }
  }
}
