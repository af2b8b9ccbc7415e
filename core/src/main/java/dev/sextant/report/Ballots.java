package dev.sextant.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sextant.Distribution;
import dev.sextant.TokenJourney;
import dev.sextant.TokenProbability;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Part;
import dev.sextant.explain.Vote;
import dev.sextant.explain.Votes;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * The votes for several tokens wherever one was decided. Each stands against the same one, the most probable; the votes of any
 * one against any other are the differences.
 */
final class Ballots {
  /** Tokens whose directions are drawn where none was decided. */
  private static final int LEADING = 3;

  private final Material material;
  private final Limits limits;

  Ballots(Material material, Limits limits) {
    this.material = material;
    this.limits = limits;
  }

  /** Whose votes the lists of all positions give, in the same order. */
  void writeParts(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("parts");
    List<TokenJourney> tokens = material.journey().tokens();
    if (!tokens.isEmpty()) {
      Votes any = material.votes(tokens.getFirst(), Contest.chosenAgainstRunnerUp());
      for (Vote vote : any.all()) writePart(json, vote.part());
    }
    json.writeEndArray();
  }

  private static void writePart(JsonGenerator json, Part part) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", kind(part));
    switch (part) {
      case Part.Head(int layer, int head) -> {
        json.writeNumberField("layer", layer);
        json.writeNumberField("head", head);
      }
      case Part.AttentionBias(int layer) -> json.writeNumberField("layer", layer);
      case Part.AttentionNormBias(int layer) -> json.writeNumberField("layer", layer);
      case Part.MlpNormBias(int layer) -> json.writeNumberField("layer", layer);
      case Part.Mlp(int layer) -> json.writeNumberField("layer", layer);
      default -> {}
    }
    json.writeEndObject();
  }

  private static String kind(Part part) {
    return switch (part) {
      case Part.Embedding _ -> "embedding";
      case Part.Position _ -> "position";
      case Part.Head _ -> "head";
      case Part.AttentionBias _ -> "attention_bias";
      case Part.AttentionNormBias _ -> "attention_norm_bias";
      case Part.Mlp _ -> "mlp";
      case Part.MlpNormBias _ -> "mlp_norm_bias";
      case Part.FinalNormBias _ -> "final_norm_bias";
      case Part.UnembeddingBias _ -> "unembedding_bias";
      case Part.LogitCap _ -> "logit_cap";
      case Part.Changes _ -> "changes";
    };
  }

  /** The votes at a position, where a token was decided. Returns the tokens that stood for it; elsewhere, the most probable. */
  SequencedSet<Integer> write(JsonGenerator json, int position, Distribution expectation, Texts texts)
      throws IOException {
    TokenJourney decided = material.decidedAt(position);
    if (decided == null) return best(expectation, LEADING);
    int base = expectation.argmax();
    json.writeObjectFieldStart("votes");
    json.writeNumberField("base", texts.note(base));
    json.writeArrayFieldStart("against_base");
    SequencedSet<Integer> candidates = candidates(expectation, decided.id());
    for (int id : candidates) {
      if (id != base) writeVotes(json, material.votes(decided, Contest.between(id, base)), texts);
    }
    json.writeEndArray();
    json.writeEndObject();
    candidates.addAll(best(expectation, LEADING));
    return candidates;
  }

  private static SequencedSet<Integer> best(Distribution expectation, int count) {
    SequencedSet<Integer> ids = new LinkedHashSet<>();
    for (TokenProbability token : expectation.top(count)) ids.add(token.id());
    return ids;
  }

  private SequencedSet<Integer> candidates(Distribution expectation, int decided) {
    SequencedSet<Integer> ids = new LinkedHashSet<>();
    ids.add(decided);
    if (material.against() >= 0) ids.add(material.against());
    ids.addAll(best(expectation, limits.candidates()));
    return ids;
  }

  private static void writeVotes(JsonGenerator json, Votes votes, Texts texts) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", texts.note(votes.tokenA()));
    Json.numberField(json, "difference", votes.difference(), 5);
    json.writeNumberField("remainder", (float) votes.remainder());
    json.writeArrayFieldStart("votes");
    for (Vote vote : votes.all()) json.writeNumber(Json.units(vote.value()));
    json.writeEndArray();
    json.writeEndObject();
  }
}
