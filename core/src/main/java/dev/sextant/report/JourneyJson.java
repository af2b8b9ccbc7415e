package dev.sextant.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.sextant.Distribution;
import dev.sextant.Journey;
import dev.sextant.ModelConfig;
import dev.sextant.decode.Decoding;
import dev.sextant.explain.Geometry;
import dev.sextant.trace.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * A journey as JSON, streamed position by position; docs/journey-schema.md describes it. All but ASCII is escaped, so that
 * texts with half characters (lone surrogates) come through as they are.
 */
final class JourneyJson {
  static final String SCHEMA = "dev.sextant.journey";
  static final int VERSION = 1;

  static final JsonFactory FACTORY = JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final Material material;
  private final Limits limits;
  private final Texts texts;
  private final int first;
  private final double[] temperatures;
  /** Tokens whose directions are drawn. */
  private final SequencedSet<Integer> drawn = new LinkedHashSet<>();

  JourneyJson(Material material, Limits limits) {
    this.material = material;
    this.limits = limits;
    this.texts = new Texts(material.journey()::textOf);
    this.first = Math.max(0, material.length() - limits.positions());
    this.temperatures = Tail.temperatures(material.journey().decoding().temperature());
  }

  void write(OutputStream out) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      head(json);
      decoding(json);
      tokens(json);
      changes(json);
      Json.numbersField(json, "temperatures", temperatures, 4);
      positions(json);
      texts.write(json);
      cuts(json);
      json.writeEndObject();
    }
  }

  private void head(JsonGenerator json) throws IOException {
    ModelConfig config = material.config();
    json.writeStringField("schema", SCHEMA);
    json.writeNumberField("version", VERSION);
    json.writeStringField("producer", "Sextant");
    json.writeObjectFieldStart("model");
    json.writeStringField("name", material.name());
    json.writeStringField("family", config.family());
    json.writeNumberField("parameters", material.model().report().parameters());
    json.writeNumberField("vocabulary", config.vocabularySize());
    json.writeNumberField("hidden", config.hiddenSize());
    json.writeNumberField("layers", config.layers());
    json.writeNumberField("heads", config.heads());
    json.writeNumberField("keyValueHeads", config.keyValueHeads());
    json.writeNumberField("headWidth", config.headWidth());
    json.writeNumberField("mlpWidth", config.mlpWidth());
    int experts = ExpertChoice.experts(material);
    if (experts > 0) json.writeNumberField("experts", experts);
    json.writeNumberField("context", config.contextLength());
    json.writeEndObject();
  }

  private void decoding(JsonGenerator json) throws IOException {
    Journey journey = material.journey();
    Decoding decoding = journey.decoding();
    json.writeObjectFieldStart("decoding");
    json.writeNumberField("temperature", decoding.temperature());
    json.writeNumberField("topK", decoding.topK());
    json.writeNumberField("topP", decoding.topP());
    json.writeNumberField("minP", decoding.minP());
    json.writeNumberField("typicalP", decoding.typicalP());
    json.writeNumberField("repetitionPenalty", decoding.repetitionPenalty());
    json.writeStringField("seed", Long.toString(journey.generation().seed())); // too long for the numbers of JavaScript
    json.writeStringField("stopReason", journey.generation().stopReason().name());
    json.writeEndObject();
  }

  private void tokens(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("tokens");
    json.writeArrayFieldStart("ids");
    for (int id : material.journey().ids()) json.writeNumber(texts.note(id));
    json.writeEndArray();
    json.writeNumberField("prompt", material.journey().promptLength());
    json.writeArrayFieldStart("added");
    for (int position : material.added().stream().sorted().toList()) json.writeNumber(position);
    json.writeEndArray();
    json.writeEndObject();
    if (material.against() >= 0) json.writeNumberField("against", texts.note(material.against()));
  }

  /** What was changed on the way, in words. */
  private void changes(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("changes");
    for (Change change : material.journey().changes()) json.writeString(change.label());
    json.writeEndArray();
  }

  private void positions(JsonGenerator json) throws IOException {
    Plane plane = Plane.of(material);
    json.writeObjectFieldStart("plane");
    Json.numbersField(json, "explained", plane.explained(), 4);
    json.writeEndObject();
    Ballots ballots = new Ballots(material, limits);
    ballots.writeParts(json);
    json.writeNumberField("first", first);
    json.writeArrayFieldStart("positions");
    for (int position = first; position < material.length(); position++) {
      json.writeStartObject();
      Distribution expectation = material.expectation(position);
      new PositionJson(material, limits, position, texts).write(json, expectation, temperatures);
      path(json, plane, position);
      drawn.addAll(ballots.write(json, position, expectation, texts));
      json.writeEndObject();
    }
    json.writeEndArray();
    directions(json, plane);
    distances(json);
  }

  /** For each token that is a candidate somewhere: the direction that says it, as the plane shows it. */
  private void directions(JsonGenerator json, Plane plane) throws IOException {
    Geometry geometry = Geometry.of(material.model());
    json.writeArrayFieldStart("directions");
    for (int id : drawn) {
      json.writeNumber(id);
      for (double coordinate : plane.arrow(geometry.logitDirection(id))) Json.number(json, coordinate, 4);
    }
    json.writeEndArray();
  }

  private void distances(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("distances");
    for (int layer = 0; layer < material.config().layers(); layer++) {
      json.writeStartArray();
      for (int head = 0; head < material.config().heads(); head++) {
        json.writeStartArray();
        for (double share : Distances.of(material.attention(layer), head, material.length())) {
          json.writeNumber(Json.units(share));
        }
        json.writeEndArray();
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void path(JsonGenerator json, Plane plane, int position) throws IOException {
    json.writeArrayFieldStart("path");
    for (float[] row : Plane.way(material, position)) {
      for (double coordinate : plane.place(row)) Json.number(json, coordinate, 4);
    }
    json.writeEndArray();
  }

  private void cuts(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("cut");
    for (String sentence : limits.told(material, first)) json.writeString(sentence);
    json.writeEndArray();
  }
}
