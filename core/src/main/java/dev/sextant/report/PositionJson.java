package dev.sextant.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.Distribution;
import dev.sextant.TokenJourney;
import dev.sextant.TokenProbability;
import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Vectors;
import dev.sextant.trace.CapturedRows;
import java.io.IOException;
import java.util.List;

/** What is told of one position. */
final class PositionJson {
  private static final int SHOWN_NUMBERS = 5;

  private final Material material;
  private final Limits limits;
  private final int position;
  private final Texts texts;

  PositionJson(Material material, Limits limits, int position, Texts texts) {
    this.material = material;
    this.limits = limits;
    this.position = position;
    this.texts = texts;
  }

  void write(JsonGenerator json, Distribution expectation, double[] temperatures) throws IOException {
    embedding(json);
    layers(json);
    attention(json);
    experts(json);
    lens(json);
    next(json, expectation, temperatures);
    choice(json);
  }

  private void embedding(JsonGenerator json) throws IOException {
    float[] row = material.embedding(position);
    json.writeObjectFieldStart("embedding");
    Json.numberField(json, "norm", Vectors.norm(row), 4);
    if (material.hasPlaces()) Json.numberField(json, "place", Vectors.norm(material.place(position)), 4);
    json.writeArrayFieldStart("start");
    for (int i = 0; i < Math.min(SHOWN_NUMBERS, row.length); i++) Json.number(json, row[i], 4);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void layers(JsonGenerator json) throws IOException {
    LayerFacts facts = LayerFacts.of(material, position);
    Json.numbersField(json, "residual", facts.residual(), 3);
    Json.numbersField(json, "attention", facts.attention(), 3);
    Json.numbersField(json, "mlp", facts.mlp(), 3);
    Json.numbersField(json, "turn", facts.turn(), 1);
    json.writeNumberField("imbalance", (float) facts.imbalance());
  }

  private void attention(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("heads");
    for (int layer = 0; layer < material.config().layers(); layer++) {
      CapturedRows probabilities = material.attention(layer);
      json.writeStartArray();
      for (int head = 0; head < material.config().heads(); head++) {
        int[] looks = Looks.strongest(probabilities.row(position, head), limits.looks());
        json.writeArray(looks, 0, looks.length);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** In each layer, the experts chosen and what their answers weigh; only of a model that has any. */
  private void experts(JsonGenerator json) throws IOException {
    if (ExpertChoice.experts(material) == 0) return;
    json.writeArrayFieldStart("experts");
    for (int layer = 0; layer < material.config().layers(); layer++) {
      json.writeStartArray();
      for (ExpertChoice choice : ExpertChoice.at(material, layer, position)) {
        json.writeNumber(choice.expert());
        json.writeNumber(Json.units(choice.weight()));
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** What would be said from the embedding and from each layer, and how it sees the token that leads in the end. */
  private void lens(JsonGenerator json) throws IOException {
    LogitLens lens = material.lens(position);
    int best = lens.finalChoice();
    json.writeArrayFieldStart("lens");
    for (int i = 0; i <= lens.layers(); i++) {
      json.writeStartObject();
      json.writeArrayFieldStart("tokens");
      for (TokenProbability token : lens.reading(i).top()) {
        json.writeNumber(texts.note(token.id()));
        json.writeNumber(Json.units(token.probability()));
      }
      json.writeEndArray();
      json.writeNumberField("rank", lens.rank(i, best));
      json.writeNumberField("probability", Json.units(lens.probability(i, best)));
      Json.numberField(json, "divergence", lens.reading(i).divergence(), 3);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void next(JsonGenerator json, Distribution expectation, double[] temperatures) throws IOException {
    List<TokenProbability> listed = expectation.top(limits.logits()).stream()
        .filter(token -> token.logit() > Float.NEGATIVE_INFINITY).toList(); // masked ones cannot come
    json.writeObjectFieldStart("next");
    json.writeArrayFieldStart("ids");
    for (TokenProbability token : listed) json.writeNumber(texts.note(token.id()));
    json.writeEndArray();
    json.writeArrayFieldStart("logits");
    for (TokenProbability token : listed) json.writeNumber(token.logit());
    json.writeEndArray();
    double[] tail = Tail.of(expectation, listed, temperatures);
    if (tail.length > 0) Json.numbersField(json, "tail", tail, 5);
    Json.numberField(json, "entropy", expectation.entropy(), 4);
    json.writeEndObject();
  }

  private void choice(JsonGenerator json) throws IOException {
    TokenJourney decided = material.decidedAt(position);
    if (decided == null) return;
    json.writeObjectFieldStart("choice");
    json.writeNumberField("id", decided.id());
    json.writeNumberField("probability", decided.probability());
    json.writeNumberField("logProbability", decided.token().logProbability());
    if (!Double.isNaN(decided.drawn())) json.writeNumberField("drawn", decided.drawn());
    json.writeNumberField("candidates", decided.candidates());
    json.writeEndObject();
  }
}
