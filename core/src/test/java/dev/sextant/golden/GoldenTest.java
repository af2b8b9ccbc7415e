package dev.sextant.golden;

import static dev.sextant.golden.Golden.assertClose;
import static dev.sextant.golden.Golden.doubles;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.Generation;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.StopReason;
import dev.sextant.testing.Json;
import dev.sextant.testing.Settings;
import dev.sextant.trace.Station;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every supported golden model, with both kinds of kernels and several thread counts, against the reference. */
class GoldenTest {
  static final List<String> NAMES = List.of("gemma", "gemma2", "gemma3", "gemma3-newcfg", "gpt2", "gpt2-f16",
      "gpt2-gelu", "gpt2-inverse-layer", "gpt2-relu", "gpt2-silu", "gpt2-unscaled", "gpt_neox", "gpt_neox-sequential",
      "granite", "llama", "llama-bf16", "llama-bf16-sharded", "llama-bias", "llama-mlp-bias", "llama-rope-dynamic",
      "llama-rope-linear", "llama-rope-llama3", "llama-rope-llama3-newcfg", "llama-rope-yarn", "llama-rope-yarn-full",
      "llama-rope-yarn-mscale", "llama-rope-yarn-mscale-newcfg", "llama-tied", "mistral", "mistral-full", "mixtral",
      "olmo2", "phi", "phi3", "phi3-longrope", "phi3-longrope-crossing", "qwen2", "qwen2-window",
      "qwen2-window-newcfg", "qwen3", "qwen3-window", "qwen3_moe", "smollm3", "stablelm", "starcoder2");
  private static final List<String> PROMPTS = List.of("p1", "p7", "p13", "p29");

  static Stream<Arguments> goldens() {
    LoadOptions vector = LoadOptions.defaults();
    return NAMES.stream().flatMap(name -> Stream.of(
        Arguments.of(Golden.of(name), "vector, 1 thread", vector.withThreads(1)),
        Arguments.of(Golden.of(name), "vector, 2 threads", vector.withThreads(2)),
        Arguments.of(Golden.of(name), "scalar, 2 threads", vector.withThreads(2).withVectorized(false))));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("goldens")
  void aPromptInOnePassGivesTheReferencesNumbers(Golden golden, String how, LoadOptions options) {
    try (Model model = golden.load(options)) {
      for (String prompt : PROMPTS) {
        Trace trace = Trace.of(model, golden.prompt(prompt), Station.LOGITS);
        assertNextToken(golden, prompt, trace.session().distribution());
        assertEveryPosition(golden, prompt, trace);
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("goldens")
  void tokenByTokenGivesTheReferencesNumbers(Golden golden, String how, LoadOptions options) {
    try (Model model = golden.load(options)) {
      for (String prompt : PROMPTS) {
        int[] ids = golden.prompt(prompt);
        // beyond the trained length, dynamic rotary depends on how the text is cut into passes
        if (golden.name().equals("llama-rope-dynamic") && ids.length > 26) continue;
        try (Session session = model.session()) {
          for (int id : ids) session.append(id);
          assertNextToken(golden, prompt, session.distribution());
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("goldens")
  void everyStationAgreesWithTheReference(Golden golden, String how, LoadOptions options) {
    try (Model model = golden.load(options)) {
      Trace trace = Trace.of(model, golden.prompt("p13"), Station.values());
      int layers = model.config().layers();
      double[] hidden = golden.tensors().doubles("p13.hidden");
      int size = 13 * model.config().hiddenSize();
      assertRows(golden, "embedding", hidden, 0, size, trace.at(Station.EMBEDDING, 0));
      for (int layer = 0; layer < layers; layer++) {
        assertRows(golden, "residual " + layer, hidden, (layer + 1) * size, size,
            trace.at(Station.RESIDUAL_POST, layer));
        assertWritesAddUp(trace, layer, golden.tolerance("hidden_abs"));
      }
      assertRows(golden, "final norm", hidden, (layers + 1) * size, size, trace.at(Station.FINAL_NORM, 0));
      assertAttention(golden, model, trace);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("goldens")
  void greedyTextIsTheReferences(Golden golden, String how, LoadOptions options) {
    try (Model model = golden.load(options)) {
      assertGreedy(golden, model, golden.json().get("greedy"), 1);
      assertGreedy(golden, model, golden.json().get("repetition_penalty"), 1.2);
      if (!golden.json().has("greedy_to_eos")) return;
      Json toEnd = golden.json().get("greedy_to_eos");
      Generation generation = model.generate().ids(golden.prompt(toEnd.get("prompt").text())).maxTokens(24).run();
      assertArrayEquals(toEnd.get("tokens").integers(), generation.ids());
      assertEquals(StopReason.END_TOKEN, generation.stopReason());
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("goldens")
  void filteredDistributionsAreTheReferences(Golden golden, String how, LoadOptions options) {
    try (Model model = golden.load(options)) {
      for (String name : golden.json().get("distributions").keys()) {
        Json settings = golden.json().get("distributions").get(name).get("settings");
        for (String prompt : List.of("p7", "p29")) {
          String tensor = prompt + ".dist." + name;
          if (!golden.tensors().names().contains(tensor)) continue;
          int[] ids = golden.prompt(prompt);
          double[] found = Settings.decoding(settings).distribution(model.nextTokenDistribution(ids).logits(), ids);
          golden.assertClose(tensor, found, "dist_abs");
        }
      }
    }
  }

  /** A prompt in one pass, then token by token, across the length at which rotary frequencies change. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("goldens")
  void aTextThatOutgrowsItsTrainedLengthGoesOnAsTheReferences(Golden golden, String how, LoadOptions options) {
    if (!golden.json().has("continued")) return;
    Json continued = golden.json().get("continued");
    try (Model model = golden.load(options)) {
      for (String prompt : continued.keys()) {
        int[] tokens = continued.get(prompt).get("tokens").integers();
        double[] logits = golden.tensors().doubles(prompt + ".continued.logits");
        int vocabulary = model.config().vocabularySize();
        try (Session session = model.session().append(golden.prompt(prompt))) {
          for (int i = 0; i < tokens.length; i++) {
            double[] expected = Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary);
            double[] found = doubles(session.distribution().logits());
            assertClose("logits after " + i + " tokens", expected, found, golden.tolerance("logits_abs"));
            session.append(tokens[i]);
          }
          if (golden.name().startsWith("phi3")) assertCutBack(golden, prompt, tokens, session);
        }
      }
    }
  }

  /** Cut back to its prompt, the text is short again, and was never long. */
  private static void assertCutBack(Golden golden, String prompt, int[] tokens, Session session) {
    int length = golden.prompt(prompt).length;
    session.truncate(length);
    golden.assertClose(prompt + ".logits_last", doubles(session.distribution().logits()), "logits_abs");
    session.append(tokens);
    session.truncate(length + 1);
    session.truncate(length);
    golden.assertClose(prompt + ".logits_last", doubles(session.distribution().logits()), "logits_abs");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void theNumberOfThreadsChangesNoBit(String name) {
    Golden golden = Golden.of(name);
    for (boolean vectorized : new boolean[] {true, false}) {
      float[][] logits = new float[4][];
      for (int threads = 1; threads <= 4; threads++) {
        LoadOptions options = LoadOptions.defaults().withThreads(threads).withVectorized(vectorized);
        try (Model model = golden.load(options); Session session = model.session()) {
          session.append(golden.prompt("p29")).append(5);
          logits[threads - 1] = session.distribution().logits();
        }
        assertArrayEquals(logits[0], logits[threads - 1], "threads: " + threads);
      }
    }
  }

  static List<String> names() {
    return NAMES;
  }

  private static void assertNextToken(Golden golden, String prompt, Distribution next) {
    golden.assertClose(prompt + ".logits_last", doubles(next.logits()), "logits_abs");
    golden.assertClose(prompt + ".softmax_T1", next.probabilities(), "softmax_abs");
    golden.assertClose(prompt + ".softmax_T0.7", next.withTemperature(0.7).probabilities(), "softmax_abs");
  }

  private static void assertEveryPosition(Golden golden, String prompt, Trace trace) {
    int[] argmax = golden.tensors().ints(prompt + ".argmax");
    int[] ids = golden.tensors().ints(prompt + ".top5_ids");
    double[] logProbabilities = golden.tensors().doubles(prompt + ".top5_logprobs");
    float[] logits = trace.at(Station.LOGITS, 0);
    int vocabulary = logits.length / argmax.length;
    for (int t = 0; t < argmax.length; t++) {
      Distribution next = Distribution.of(Arrays.copyOfRange(logits, t * vocabulary, (t + 1) * vocabulary));
      assertEquals(argmax[t], next.argmax(), prompt + ", position " + t);
      for (int i = 0; i < 5; i++) {
        assertEquals(i, next.rank(ids[5 * t + i]), prompt + ", position " + t);
        assertEquals(logProbabilities[5 * t + i], next.logProbability(ids[5 * t + i]),
            2 * golden.tolerance("logits_abs"));
      }
    }
  }

  private static void assertRows(Golden golden, String what, double[] all, int from, int size, float[] found) {
    assertClose(what, Arrays.copyOfRange(all, from, from + size), doubles(found), golden.tolerance("hidden_abs"));
  }

  private static void assertWritesAddUp(Trace trace, int layer, double tolerance) {
    float[] before = trace.at(Station.RESIDUAL_PRE, layer);
    float[] attention = trace.at(Station.ATTENTION_WRITE, layer);
    float[] mlp = trace.at(Station.MLP_WRITE, layer);
    double[] sum = new double[before.length];
    for (int i = 0; i < sum.length; i++) sum[i] = (double) before[i] + attention[i] + mlp[i];
    assertClose("writes of layer " + layer, sum, doubles(trace.at(Station.RESIDUAL_POST, layer)), tolerance);
  }

  /** Golden attention is [layer, head, query, key]; ours has a row per query and head. */
  private static void assertAttention(Golden golden, Model model, Trace trace) {
    int heads = model.config().heads();
    double[] all = golden.tensors().doubles("p13.attention");
    double[] found = new double[all.length];
    for (int layer = 0; layer < model.config().layers(); layer++) {
      float[] rows = trace.at(Station.PROBABILITIES, layer);
      assertEquals(13 * heads * 13, rows.length);
      for (int i = 0; i < rows.length; i++) {
        int key = i % 13;
        int head = i / 13 % heads;
        int query = i / 13 / heads;
        found[((layer * heads + head) * 13 + query) * 13 + key] = rows[i];
      }
    }
    golden.assertClose("p13.attention", found, "attention_abs");
  }

  private static void assertGreedy(Golden golden, Model model, Json run, double penalty) {
    int[] ids = golden.prompt(run.get("prompt").text());
    Generation generation = model.generate().ids(ids).repetitionPenalty(penalty).maxTokens(24).endTokens().run();
    assertArrayEquals(run.get("tokens").integers(), generation.ids());
    assertEquals(StopReason.LENGTH, generation.stopReason());
    assertTrue(generation.tokens().stream().allMatch(token -> token.probability() == 1));
  }
}
