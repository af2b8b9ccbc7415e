package dev.sextant.golden;

import static dev.sextant.golden.Golden.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Journey;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelClosedException;
import dev.sextant.WeightFormat;
import dev.sextant.explain.CircuitDirection;
import dev.sextant.explain.Geometry;
import dev.sextant.explain.Neighbour;
import dev.sextant.explain.ResidualPath;
import dev.sextant.explain.Similarity;
import dev.sextant.explain.TokenSpace;
import dev.sextant.explain.Vectors;
import dev.sextant.explain.Votes;
import dev.sextant.testing.GoldenTensors;
import dev.sextant.testing.Json;
import dev.sextant.trace.Station;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of golden models against the reference's analysis, and against plain searches. */
class GeometryTest {
  private static final LoadOptions ONE_THREAD = LoadOptions.defaults().withThreads(1);

  /** What the reference says of one model. */
  private record Analysis(Golden golden, Json json, GoldenTensors tensors) {
    static Analysis of(String name) {
      Golden golden = Golden.of(name);
      return new Analysis(golden, Json.read(golden.folder().resolve("analysis.json")),
          GoldenTensors.read(golden.folder().resolve("analysis.safetensors")));
    }

    double tolerance(String tensor) {
      return 4 * Math.max(json.get("float32_error").get(tensor).number(), 1e-7);
    }

    void assertAgrees(String tensor, double[] found) {
      assertClose(tensor, tensors.doubles(tensor), found, tolerance(tensor));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "qwen3"})
  void cosinesAlongThePathAreTheReferences(String name) {
    Analysis analysis = Analysis.of(name);
    int a = analysis.json.get("token_a").integer();
    int b = analysis.json.get("token_b").integer();
    try (Model model = analysis.golden.load(ONE_THREAD)) {
      Geometry geometry = Geometry.of(model);
      ResidualPath path = ResidualPath.of(model, analysis.golden.prompt("p13"), 12);
      double[] cosines = IntStream.range(0, path.length()).mapToObj(
          i -> geometry.similarities(path.point(i), TokenSpace.UNEMBEDDING, Similarity.COSINE))
          .flatMapToDouble(Arrays::stream).toArray();
      analysis.assertAgrees("cosine.residual_unembedding", cosines);
      analysis.assertAgrees("cosine.residual_difference", path.cosines(geometry.difference(a, b)));
      Json neighbours = analysis.json.get("embedding_neighbours_of_a");
      List<Neighbour> found = geometry.neighbours(a, TokenSpace.EMBEDDING, 5);
      assertArrayEquals(neighbours.get("ids").integers(), found.stream().mapToInt(Neighbour::id).toArray());
      assertArrayEquals(neighbours.get("cosines").numbers(),
          found.stream().mapToDouble(Neighbour::similarity).toArray(),
          1e-12, "double precision all the way, from the same weights");
    }
  }

  /** With RMS norms, layer norms with biases, and capped logits. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "gpt_neox", "gemma2"})
  void logitDirectionsSayTheLogits(String name) {
    Golden golden = Golden.of(name);
    try (Model model = golden.load(ONE_THREAD)) {
      Journey journey = model.journey().ids(golden.prompt("p13")).capture(Station.RESIDUAL_POST).votes().run();
      Votes votes = journey.tokens().getFirst().votes();
      float[] stream = journey.at(Station.RESIDUAL_POST, model.config().layers() - 1).row(12);
      Geometry geometry = Geometry.of(model);
      double said = (Vectors.dot(geometry.logitDirection(votes.tokenA()), stream)
          - Vectors.dot(geometry.logitDirection(votes.tokenB()), stream)) / votes.finalNormScale();
      Votes.Outside rest = votes.outside();
      assertEquals(votes.difference(), said + rest.finalNormBias() + rest.unembeddingBias() + rest.logitCap(),
          1e-5 * votes.magnitude());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "qwen3"})
  void lengthsAreTheReferences(String name) {
    Analysis analysis = Analysis.of(name);
    int[] ids = analysis.golden.prompt("p13");
    try (Model model = analysis.golden.load(ONE_THREAD)) {
      int layers = model.config().layers();
      int heads = model.config().heads();
      double[] residuals = new double[(layers + 1) * 13];
      double[] writes = new double[layers * heads * 13];
      Journey journey = model.journey().ids(ids).maxTokens(0).capture(Station.HEAD_WRITES).run();
      for (int position = 0; position < 13; position++) {
        double[] norms = ResidualPath.of(model, ids, position).norms();
        for (int i = 0; i <= layers; i++) residuals[i * 13 + position] = norms[i];
        for (int i = 0; i < layers * heads; i++) {
          float[] write = journey.at(Station.HEAD_WRITES, i / heads).row(position, i % heads);
          writes[i * 13 + position] = Vectors.norm(write);
        }
      }
      analysis.assertAgrees("residual_norm", residuals);
      analysis.assertAgrees("head_output_norm", writes);
    }
  }

  static Stream<Arguments> formats() {
    return Stream.of("llama", "llama-bf16", "gpt2", "gpt2-f16", "gemma2", "llama-tied").flatMap(
        name -> Stream.of(WeightFormat.values()).flatMap(format -> Stream.of(true, false).map(
            vectorized -> Arguments.of(name, ONE_THREAD.withWeights(format).withVectorized(vectorized)))));
  }

  /** Against a search that looks at one row after the other. */
  @ParameterizedTest
  @MethodSource("formats")
  void theNearestAreFoundInEveryFormat(String name, LoadOptions options) {
    Random random = new Random(1);
    try (Model model = Golden.of(name).load(options)) {
      Geometry geometry = Geometry.of(model);
      float[] vector = new float[model.config().hiddenSize()];
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < vector.length; i++) vector[i] = (float) random.nextGaussian();
        for (TokenSpace space : TokenSpace.values()) {
          for (Similarity similarity : Similarity.values()) assertSearch(geometry, model, vector, space, similarity);
        }
      }
    }
  }

  private static void assertSearch(Geometry geometry, Model model, float[] vector, TokenSpace space,
      Similarity similarity) {
    int vocabulary = model.config().vocabularySize();
    double[] expected = new double[vocabulary];
    for (int id = 0; id < vocabulary; id++) {
      float[] row = geometry.vector(id, space);
      expected[id] = similarity == Similarity.DOT ? Vectors.dot(row, vector) : Vectors.cosine(row, vector);
    }
    List<Integer> sorted = IntStream.range(0, vocabulary).boxed()
        .sorted(Comparator.comparingDouble((Integer id) -> 0.0 - expected[id])).toList();
    List<Neighbour> found = geometry.nearest(vector, space, similarity, 7);
    assertEquals(sorted.subList(0, 7), found.stream().map(Neighbour::id).toList());
    for (Neighbour neighbour : found) assertEquals(expected[neighbour.id()], neighbour.similarity(), 1e-12);
    assertEquals(sorted, geometry.nearest(vector, space, similarity, 10_000).stream().map(Neighbour::id).toList());
    double coarse = Vectors.norm(vector) * 1e-2; // 4-bit weights meet a vector rounded to 8 bits
    double[] all = geometry.similarities(vector, space, similarity);
    for (int id = 0; id < vocabulary; id++)
      assertEquals(expected[id], all[id], similarity == Similarity.DOT ? coarse : 2e-2);
  }

  @Test
  void neighboursLeaveTheTokenOut() {
    try (Model model = Golden.of("llama").load(ONE_THREAD)) {
      Geometry geometry = Geometry.of(model);
      List<Neighbour> found = geometry.neighbours(5, TokenSpace.UNEMBEDDING, 200);
      assertEquals(111, found.size());
      assertTrue(found.stream().noneMatch(neighbour -> neighbour.id() == 5));
      assertEquals(found.subList(0, 3), geometry.neighbours(5, TokenSpace.UNEMBEDDING, 3));
      assertEquals(List.of(), geometry.neighbours(5, TokenSpace.UNEMBEDDING, 0));
      assertEquals(5,
          geometry.nearest(geometry.vector(5, TokenSpace.EMBEDDING), TokenSpace.EMBEDDING, Similarity.COSINE, 1)
              .getFirst().id());
    }
  }

  @Test
  void positionsAreLearnedOrAbsent() {
    try (Model gpt2 = Golden.of("gpt2").load(ONE_THREAD); Model llama = Golden.of("llama").load(ONE_THREAD)) {
      int[] ids = Golden.of("gpt2").prompt("p13");
      Geometry geometry = Geometry.of(gpt2);
      float[] first = ResidualPath.of(gpt2, ids, 3).point(0);
      float[] token = geometry.vector(ids[3], TokenSpace.EMBEDDING);
      assertArrayEquals(geometry.position(3), Vectors.difference(first, token), 1e-6f);
      double position = ResidualPath.of(gpt2, ids, 3).shares(geometry.position(3))[0];
      assertEquals(1, position + Vectors.share(token, first), 1e-6);
      assertSays("position is 40", () -> geometry.position(40));
      assertArrayEquals(new float[32], Geometry.of(llama).position(1_000_000));
    }
  }

  @Test
  void whatHasNoDirectionIsRefused() {
    Model model = Golden.of("llama").load(ONE_THREAD);
    Geometry geometry = Geometry.of(model);
    float[] zero = new float[32];
    float[] bad = new float[32];
    bad[4] = Float.NaN;
    assertSays("zero vector", () -> geometry.nearest(zero, TokenSpace.EMBEDDING, Similarity.COSINE, 3));
    assertEquals(List.of(0, 1, 2), geometry.nearest(zero, TokenSpace.EMBEDDING, Similarity.DOT, 3).stream()
        .map(Neighbour::id).toList(), "all alike: the lowest ids");
    assertSays("not finite", () -> geometry.nearest(bad, TokenSpace.EMBEDDING, Similarity.COSINE, 3));
    assertSays("not finite", () -> geometry.nearest(bad, TokenSpace.EMBEDDING, Similarity.DOT, 3));
    assertSays("length 31", () -> geometry.similarities(new float[31], TokenSpace.EMBEDDING, Similarity.DOT));
    assertSays("id is 112", () -> geometry.vector(112, TokenSpace.EMBEDDING));
    assertSays("id is -1", () -> geometry.difference(1, -1));
    assertSays("k is -1", () -> geometry.nearest(bad, TokenSpace.EMBEDDING, Similarity.DOT, -1));
    assertSays("k is -1", () -> geometry.neighbours(1, TokenSpace.EMBEDDING, -1));
    assertSays("layer is 3", () -> geometry.outputValueCircuit(3, 0, 1));
    assertSays("head is 4", () -> geometry.queryKeyCircuit(0, 4, 1));
    assertSays("position is 1", () -> ResidualPath.of(model, new int[] {1}, 1));
    model.close();
    assertThrows(ModelClosedException.class, () -> geometry.vector(1, TokenSpace.EMBEDDING));
  }

  /** Rows that are not numbers are near nothing. */
  @Test
  void badRowsAreLeftOut() {
    Path folder = Path.of("src/test/resources/cases/10-non-finite/nan-row-7");
    try (Model model = Model.load(folder, ONE_THREAD)) {
      Geometry geometry = Geometry.of(model);
      float[] vector = geometry.vector(8, TokenSpace.EMBEDDING);
      for (Similarity similarity : Similarity.values()) {
        List<Neighbour> found = geometry.nearest(vector, TokenSpace.EMBEDDING, similarity, 1000);
        assertEquals(model.config().vocabularySize() - 1, found.size());
        assertTrue(found.stream().noneMatch(neighbour -> neighbour.id() == 7));
      }
    }
  }

  /** The tensors of one layer of a golden model, straight from its file [out, in]. */
  private record Stored(GoldenTensors tensors, int hidden, int width) {
    static Stored of(Golden golden, Model model) {
      return new Stored(GoldenTensors.read(golden.folder().resolve("model.safetensors")), model.config().hiddenSize(),
          model.config().headWidth());
    }

    double[][] matrix(String name, int rows, int columns) {
      double[] flat = tensors.doubles(name);
      double[][] matrix = new double[rows][];
      for (int r = 0; r < rows; r++) matrix[r] = Arrays.copyOfRange(flat, r * columns, (r + 1) * columns);
      return matrix;
    }

    /** output[:, head] · value[head, :], with what the norms do at both ends; [hidden, hidden]. */
    double[][] product(double[][] left, double[][] right) {
      double[][] product = new double[hidden][hidden];
      for (int i = 0; i < hidden; i++) {
        for (int j = 0; j < hidden; j++) for (int f = 0; f < width; f++) product[i][j] += left[f][i] * right[f][j];
      }
      return product;
    }
  }

  @Test
  void llamasCircuitsAreProductsOfItsWeights() {
    Golden golden = Golden.of("llama");
    try (Model model = golden.load(ONE_THREAD)) {
      Stored stored = Stored.of(golden, model);
      String layer = "model.layers.1.";
      double[] norm = stored.tensors.doubles(layer + "input_layernorm.weight");
      double[][] o = stored.matrix(layer + "self_attn.o_proj.weight", 32, 32);
      double[][] v = stored.matrix(layer + "self_attn.v_proj.weight", 16, 32);
      double[][] q = stored.matrix(layer + "self_attn.q_proj.weight", 32, 32);
      double[][] k = stored.matrix(layer + "self_attn.k_proj.weight", 16, 32);
      int head = 3; // reads key/value head 1
      double[][][] factors = new double[4][8][32];
      for (int f = 0; f < 8; f++) {
        for (int i = 0; i < 32; i++) {
          factors[0][f][i] = o[i][8 * head + f];
          factors[1][f][i] = v[8 + f][i] * norm[i];
          factors[2][f][i] = q[8 * head + f][i] * norm[i] / Math.sqrt(8);
          factors[3][f][i] = k[8 + f][i] * norm[i];
        }
      }
      Geometry geometry = Geometry.of(model);
      assertRebuilds(stored.product(factors[0], factors[1]), geometry.outputValueCircuit(1, head, 100));
      assertRebuilds(stored.product(factors[2], factors[3]), geometry.queryKeyCircuit(1, head, 100));
    }
  }

  /** Layer norms take out the mean; weights are stored the other way round, q, k and v in one. */
  @Test
  void gpt2sCircuitsTakeOutTheMean() {
    Golden golden = Golden.of("gpt2");
    try (Model model = golden.load(ONE_THREAD)) {
      Stored stored = Stored.of(golden, model);
      double[] norm = stored.tensors.doubles("h.1.ln_1.weight");
      double[][] qkv = stored.matrix("h.1.attn.c_attn.weight", 30, 90);
      double[][] o = stored.matrix("h.1.attn.c_proj.weight", 30, 30);
      int head = 2;
      double[][][] factors = new double[4][10][30];
      for (int f = 0; f < 10; f++) {
        for (int i = 0; i < 30; i++) {
          factors[0][f][i] = o[10 * head + f][i];
          for (int part = 0; part < 3; part++) {
            for (int m = 0; m < 30; m++) { // column i of W · diag(norm) · (I - 1/n)
              factors[1 + part][f][i] += qkv[m][30 * part + 10 * head + f] * norm[m] * ((m == i ? 1 : 0) - 1 / 30.0);
            }
          }
          factors[1][f][i] /= Math.sqrt(10);
        }
      }
      Geometry geometry = Geometry.of(model);
      assertRebuilds(stored.product(factors[0], factors[3]), geometry.outputValueCircuit(1, head, 100));
      assertRebuilds(stored.product(factors[1], factors[2]), geometry.queryKeyCircuit(1, head, 100));
    }
  }

  /** A norm behind attention weighs what is written; norms of queries and keys weigh features. */
  @Test
  void furtherNormsAreFoldedIn() {
    Golden gemma = Golden.of("gemma2");
    try (Model model = gemma.load(ONE_THREAD)) {
      Stored stored = Stored.of(gemma, model);
      double[] before = stored.tensors.doubles("model.layers.0.input_layernorm.weight");
      double[] after = stored.tensors.doubles("model.layers.0.post_attention_layernorm.weight");
      double[][] o = stored.matrix("model.layers.0.self_attn.o_proj.weight", 32, 40);
      double[][] v = stored.matrix("model.layers.0.self_attn.v_proj.weight", 20, 32);
      double[][][] factors = new double[2][10][32];
      for (int f = 0; f < 10; f++) {
        for (int i = 0; i < 32; i++) {
          factors[0][f][i] = (1 + after[i]) * o[i][10 + f];
          factors[1][f][i] = v[f][i] * (1 + before[i]);
        }
      }
      assertRebuilds(stored.product(factors[0], factors[1]), Geometry.of(model).outputValueCircuit(0, 1, 100));
    }
    Golden qwen = Golden.of("qwen3");
    try (Model model = qwen.load(ONE_THREAD)) {
      Stored stored = Stored.of(qwen, model);
      String attention = "model.layers.2.self_attn.";
      double[] norm = stored.tensors.doubles("model.layers.2.input_layernorm.weight");
      double[] queryNorm = stored.tensors.doubles(attention + "q_norm.weight");
      double[] keyNorm = stored.tensors.doubles(attention + "k_norm.weight");
      double[][] q = stored.matrix(attention + "q_proj.weight", 48, 32);
      double[][] k = stored.matrix(attention + "k_proj.weight", 24, 32);
      double[][][] factors = new double[2][12][32];
      for (int f = 0; f < 12; f++) {
        for (int i = 0; i < 32; i++) {
          factors[0][f][i] = queryNorm[f] * q[12 + f][i] * norm[i] / Math.sqrt(12);
          factors[1][f][i] = keyNorm[f] * k[f][i] * norm[i];
        }
      }
      assertRebuilds(stored.product(factors[0], factors[1]), Geometry.of(model).queryKeyCircuit(2, 1, 100));
    }
  }

  private static void assertRebuilds(double[][] product, List<CircuitDirection> directions) {
    double[][] rebuilt = new double[product.length][product.length];
    double shares = 0;
    for (CircuitDirection direction : directions) {
      float[] here = direction.here();
      float[] there = direction.there();
      assertEquals(1, Vectors.norm(here), 1e-6);
      assertEquals(1, Vectors.norm(there), 1e-6);
      shares += direction.share();
      for (int i = 0; i < here.length; i++) {
        for (int j = 0; j < there.length; j++) rebuilt[i][j] += direction.strength() * here[i] * there[j];
      }
    }
    assertEquals(1, shares, 1e-9);
    for (int i = 0; i < product.length; i++) assertArrayEquals(product[i], rebuilt[i], 1e-5);
  }

  private static void assertSays(String part, Runnable action) {
    String message = assertThrows(InvalidArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
