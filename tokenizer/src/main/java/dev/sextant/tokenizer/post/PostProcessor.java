package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.json.Json;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What happens to the tokens of a whole text: special tokens around them, white space out of their ranges.
 * Immutable.
 */
public sealed interface PostProcessor
    permits PostProcessor.Sequence, Template, TrimOffsets {

  /**
   * Processes tokens.
   *
   * @param tokens may be changed
   * @param addSpecialTokens whether special tokens are added
   * @param spelling the vocabulary's spelling of an id
   * @return the same tokens or new ones
   */
  TokenBuffer process(TokenBuffer tokens, boolean addSpecialTokens, IntFunction<String> spelling);

  /** Reads one as the file describes it; a null value changes nothing. */
  static PostProcessor read(Json json) {
    if (json.isNull()) {
      return new Sequence(List.of());
    }
    String type = json.require("type").text();
    return switch (type) {
      case "Sequence" -> new Sequence(json.require("processors").list().stream().map(PostProcessor::read).toList());
      case "ByteLevel" -> trim(json);
      case "TemplateProcessing" -> Template.read(json);
      case "RobertaProcessing" -> new Sequence(List.of(trim(json), Template.around(json)));
      case "BertProcessing" -> Template.around(json);
      default -> throw json.unsupported("post-processor", type);
    };
  }

  private static PostProcessor trim(Json json) {
    return json.flagOr("trim_offsets", true)
        ? new TrimOffsets(json.flagOr("add_prefix_space", true))
        : new Sequence(List.of());
  }

  /**
   * One after the other.
   *
   * @param steps in the order in which they act
   */
  record Sequence(List<PostProcessor> steps) implements PostProcessor {

    @Override
    public TokenBuffer process(TokenBuffer tokens, boolean addSpecialTokens, IntFunction<String> spelling) {
      TokenBuffer result = tokens;
      for (PostProcessor step : steps) {
        result = step.process(result, addSpecialTokens, spelling);
      }
      return result;
    }
  }
}
