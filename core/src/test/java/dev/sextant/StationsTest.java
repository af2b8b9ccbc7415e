package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sextant.architecture.Blueprint;
import dev.sextant.kernel.AttentionShape;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Kernels;
import dev.sextant.kernel.Rows;
import dev.sextant.kernel.Workers;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Station;
import dev.sextant.weights.FeedForward.Mixture;
import dev.sextant.weights.FeedForward.Mlp;
import dev.sextant.weights.Layer;
import dev.sextant.weights.Layer.Norms;
import dev.sextant.weights.Projection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen at the stations of every family fits together as the formulas of docs/itinerary.md say. */
class StationsTest {
  private static final int[] IDS = {7, 38, 57, 68, 22, 26, 28, 31, 51, 19, 23, 25, 8, 7, 38, 57, 68};
  private static final Engine ENGINE = new Engine(Kernels.scalar(), new Workers(1));

  static List<Path> models() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("src/test/resources/golden/models"))) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyStationFollowsFromThoseBeforeIt(Path folder) {
    OpenedModel opened = OpenedModel.open(folder, LoadOptions.defaults().withThreads(1), _ -> true);
    try (Model model = Model.load(folder)) {
      Journey journey = model.journey().ids(IDS).maxTokens(3).capture(CapturePlan.everything()).run();
      assertEmbedding(journey, opened);
      for (Layer layer : opened.weights().layers()) {
        assertAttention(journey, layer);
        assertHeads(journey, layer, opened.blueprint());
        assertMlp(journey, layer, opened.blueprint());
        assertResidual(journey, layer.index(), opened.blueprint().stream().parallel());
      }
      assertEnd(journey, opened);
    } finally {
      opened.close();
    }
  }

  private static void assertEmbedding(Journey journey, OpenedModel opened) {
    boolean learned = opened.weights().position() != null;
    assertEquals(learned, journey.captured().has(Station.POSITION, 0));
    int[] ids = journey.ids();
    for (int p : journey.at(Station.EMBEDDING).positions()) {
      float[] expected = new float[journey.config().hiddenSize()];
      Kernels.scalar().decode(opened.weights().embedding(), ids[p], expected, 0);
      for (int i = 0; i < expected.length; i++) {
        expected[i] *= opened.blueprint().stream().embeddingScale();
        if (learned) expected[i] += journey.at(Station.POSITION).get(p, i);
      }
      assertArrayEquals(expected, journey.at(Station.EMBEDDING).row(p));
    }
  }

  private static void assertAttention(Journey journey, Layer layer) {
    AttentionShape shape = layer.plan().attention();
    int share = shape.heads() / shape.keyValueHeads();
    CapturedRows probabilities = journey.at(Station.PROBABILITIES, layer.index());
    for (int p : probabilities.positions()) {
      for (int h = 0; h < shape.heads(); h++) {
        float[] query = journey.at(Station.QUERIES, layer.index()).row(p, h);
        double[] scores = new double[p + 1];
        double[] weights = new double[p + 1];
        for (int s = 0; s <= p; s++) {
          double score = shape.scale() * dot(query, journey.at(Station.KEYS, layer.index()).row(s, h / share));
          if (shape.softCap() > 0) score = shape.softCap() * Math.tanh(score / shape.softCap());
          scores[s] = p - s < shape.window() ? score : Double.NEGATIVE_INFINITY;
          weights[s] = Math.exp(scores[s]);
        }
        double total = Arrays.stream(weights).sum();
        double[] mixed = new double[shape.headWidth()];
        for (int s = 0; s <= p; s++) {
          assertEquals(scores[s], journey.at(Station.SCORES, layer.index()).get(p, h, s), 2e-5);
          assertEquals(weights[s] / total, probabilities.get(p, h, s), 1e-5);
          float[] value = journey.at(Station.VALUES, layer.index()).row(s, h / share);
          for (int i = 0; i < mixed.length; i++) mixed[i] += weights[s] / total * value[i];
        }
        assertClose(mixed, journey.at(Station.MIXED, layer.index()).row(p, h));
      }
    }
  }

  private static void assertHeads(Journey journey, Layer layer, Blueprint blueprint) {
    assertProject(journey, Station.ATTENTION_INPUT, Station.RESIDUAL_PRE, layer.index(), layer.attentionNorms());
    CapturedRows writes = journey.at(Station.HEAD_WRITES, layer.index());
    float[] bias = layer.attention().output().bias();
    for (int p : writes.positions()) {
      float[] sum = bias == null ? new float[journey.config().hiddenSize()] : bias.clone();
      for (int h : writes.heads()) add(writes.row(p, h), 1, sum);
      float[] written = written(sum, layer.attentionNorms(), blueprint);
      assertArrayEquals(written, journey.at(Station.ATTENTION_WRITE, layer.index()).row(p), 3e-5f);
    }
  }

  private static void assertMlp(Journey journey, Layer layer, Blueprint blueprint) {
    int index = layer.index();
    Station reads = blueprint.stream().parallel() ? Station.RESIDUAL_PRE : Station.RESIDUAL_MID;
    assertProject(journey, Station.MLP_INPUT, reads, index, layer.mlpNorms());
    CapturedRows features = journey.at(Station.MLP_ACTIVATIONS, index);
    for (int p : features.positions()) {
      float[] answer = switch (layer.mlp()) {
        case Mlp mlp -> project(mlp.down(), features.row(p));
        case Mixture mixture -> consult(journey, mixture, index, p);
      };
      assertArrayEquals(written(answer, layer.mlpNorms(), blueprint), journey.at(Station.MLP_WRITE, index).row(p),
          3e-5f);
    }
    for (Station station : List.of(Station.ROUTER, Station.EXPERTS, Station.EXPERT_WEIGHTS))
      assertEquals(layer.mlp() instanceof Mixture, journey.captured().has(station, index));
  }

  private static float[] consult(Journey journey, Mixture mixture, int layer, int p) {
    float[] experts = journey.at(Station.EXPERTS, layer).row(p);
    float[] weights = journey.at(Station.EXPERT_WEIGHTS, layer).row(p);
    float[] router = journey.at(Station.ROUTER, layer).row(p);
    float[] features = journey.at(Station.MLP_ACTIVATIONS, layer).row(p);
    int width = features.length / experts.length;
    float[] answer = new float[journey.config().hiddenSize()];
    for (int rank = 0; rank < experts.length; rank++) {
      int expert = (int) experts[rank];
      int better = 0;
      for (float probability : router) if (probability > router[expert]) better++;
      assertEquals(rank, better, "the " + rank + "th expert is the " + rank + "th most probable");
      assertEquals(router[expert] / router[(int) experts[0]], weights[rank] / weights[0], 1e-5);
      float[] part = Arrays.copyOfRange(features, rank * width, (rank + 1) * width);
      add(project(mixture.experts().get(expert).down(), part), weights[rank], answer);
    }
    return answer;
  }

  private static void assertResidual(Journey journey, int layer, boolean parallel) {
    assertEquals(!parallel, journey.captured().has(Station.RESIDUAL_MID, layer));
    for (int p : journey.at(Station.RESIDUAL_PRE, layer).positions()) {
      float[] stream = journey.at(Station.RESIDUAL_PRE, layer).row(p);
      float[] before = layer == 0 ? journey.at(Station.EMBEDDING).row(p)
          : journey.at(Station.RESIDUAL_POST, layer - 1).row(p);
      assertArrayEquals(before, stream);
      add(journey.at(Station.ATTENTION_WRITE, layer).row(p), 1, stream);
      if (!parallel) assertArrayEquals(journey.at(Station.RESIDUAL_MID, layer).row(p), stream);
      add(journey.at(Station.MLP_WRITE, layer).row(p), 1, stream);
      assertArrayEquals(journey.at(Station.RESIDUAL_POST, layer).row(p), stream);
    }
  }

  private static void assertEnd(Journey journey, OpenedModel opened) {
    int last = opened.weights().layers().size() - 1;
    CapturedRows logits = journey.at(Station.LOGITS);
    for (int p : logits.positions()) {
      Rows row = rows(journey.at(Station.RESIDUAL_POST, last).row(p));
      ENGINE.normalize(opened.weights().finalNorm(), row, row);
      assertArrayEquals(row.data(), journey.at(Station.FINAL_NORM).row(p), 1e-5f);
    }
    for (TokenJourney token : journey.tokens()) {
      assertFalse(token.position() >= logits.positions().length);
      assertArrayEquals(token.distribution().logits(), logits.row(token.position()), 1e-5f);
    }
  }

  /** A station that reads the stream, behind a norm where there is one. */
  private static void assertProject(Journey journey, Station input, Station stream, int layer, Norms norms) {
    for (int p : journey.at(input, layer).positions()) {
      Rows row = rows(journey.at(stream, layer).row(p));
      if (norms.before() != null) ENGINE.normalize(norms.before(), row, row);
      assertArrayEquals(row.data(), journey.at(input, layer).row(p), 1e-5f);
    }
  }

  /** Behind the norm after it, where there is one, and scaled. */
  private static float[] written(float[] write, Norms norms, Blueprint blueprint) {
    Rows rows = rows(write);
    if (norms.after() != null) ENGINE.normalize(norms.after(), rows, rows);
    ENGINE.scale(rows, blueprint.stream().writeScale());
    return rows.data();
  }

  private static float[] project(Projection projection, float[] x) {
    Rows y = new Rows(projection.matrix().rows());
    ENGINE.multiply(projection.matrix(), projection.bias(), rows(x), y);
    return y.data();
  }

  private static Rows rows(float[] row) {
    Rows rows = new Rows(row.length).resize(1);
    System.arraycopy(row, 0, rows.data(), 0, row.length);
    return rows;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
    return sum;
  }

  private static void add(float[] x, float factor, float[] into) {
    for (int i = 0; i < into.length; i++) into[i] += factor * x[i];
  }

  private static void assertClose(double[] expected, float[] found) {
    for (int i = 0; i < expected.length; i++) assertEquals(expected[i], found[i], 1e-5);
  }
}
