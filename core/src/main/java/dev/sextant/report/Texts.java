package dev.sextant.report;

import java.io.IOException;
import java.util.TreeSet;
import java.util.function.IntFunction;
import com.fasterxml.jackson.core.JsonGenerator;

/** The tokens that a document speaks of by id; their texts come at its end. */
final class Texts {
  private final IntFunction<String> textOf;
  private final TreeSet<Integer> ids = new TreeSet<>();

  Texts(IntFunction<String> textOf) {
    this.textOf = textOf;
  }

  /** Remembers a token. */
  int note(int id) {
    ids.add(id);
    return id;
  }

  void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("texts");
    for (int id : ids) json.writeStringField(Integer.toString(id), textOf.apply(id));
    json.writeEndObject();
  }
}
