package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.GeneratedToken;
import dev.sextant.Journey;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.NonFiniteLogitsException;
import dev.sextant.TokenJourney;
import dev.sextant.explain.LogitLens;
import dev.sextant.report.Report;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.TensorInfo;
import dev.sextant.testing.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose unembedding has a bias of -Infinity never says that token; one where all have it says nothing. */
class MaskedLogitsTest {
  private static final int[] IDS = {7, 8, 9};

  @TempDir
  private Path temporary;

  /** Phi with a bias of -Infinity for these ids. */
  private Path masked(int from, int to) throws IOException {
    Path folder = Folders.copy(Path.of("src/test/resources/golden/models/phi"), temporary.resolve("phi"));
    TensorInfo bias = Safetensors.inspect(folder).info("lm_head.bias");
    ByteBuffer number = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel file = FileChannel.open(folder.resolve("model.safetensors"), StandardOpenOption.WRITE)) {
      for (int id = from; id < to; id++)
        file.write(number.clear().putFloat(Float.NEGATIVE_INFINITY).flip(), bias.offset() + (long) Float.BYTES * id);
    }
    return folder;
  }

  @Test
  void oneTokenIsNeverSaid() throws IOException {
    int best;
    try (Model plain = Golden.of("phi").load(LoadOptions.defaults())) {
      best = plain.nextTokenDistribution(IDS).argmax();
    }
    try (Model model = Model.load(masked(best, best + 1))) {
      Distribution next = model.nextTokenDistribution(IDS);
      assertEquals(0, next.probability(best));
      assertFalse(next.argmax() == best);
      for (double temperature : new double[] {0, 1, 100}) {
        for (GeneratedToken token : model.generate().ids(IDS).endTokens().maxTokens(20).topK(1000).topP(0.999).seed(1)
            .repetitionPenalty(1.5).temperature(temperature).run().tokens())
          assertTrue(token.id() != best && Double.isFinite(token.logProbability()), token.toString());
      }
    }
  }

  @Test
  void explanationsAndReportsBearIt() throws IOException {
    try (Model model = Model.load(masked(5, 6))) {
      TokenJourney token = model.journey().ids(IDS).why().run().tokens().getFirst();
      LogitLens lens = token.lens();
      for (int i = 0; i <= lens.layers(); i++) {
        double divergence = lens.reading(i).divergence();
        assertTrue(divergence >= 0 && divergence < 10, lens.reading(i).toString());
      }
      assertEquals(0, token.votes().remainder(), 1e-4);
      Journey journey = Report.ready(model.journey().ids(IDS)).run();
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      Report.of(model, journey).writeJson(json);
      String text = json.toString(StandardCharsets.UTF_8);
      assertFalse(text.contains("Infinity") || text.contains("NaN"), text);
      assertTrue(Report.of(model, journey).text().contains("A token is taken"));
    }
  }

  @Test
  void noTokenAtAllIsAnError() throws IOException {
    int vocabulary;
    try (Model plain = Golden.of("phi").load(LoadOptions.defaults())) {
      vocabulary = plain.config().vocabularySize();
    }
    try (Model model = Model.load(masked(0, vocabulary))) {
      NonFiniteLogitsException error = assertThrows(NonFiniteLogitsException.class,
          () -> model.nextTokenDistribution(IDS));
      assertTrue(error.getMessage().contains("all " + vocabulary + " logits are -Infinity"), error.getMessage());
      assertEquals(2, error.position().orElseThrow());
    }
  }
}
