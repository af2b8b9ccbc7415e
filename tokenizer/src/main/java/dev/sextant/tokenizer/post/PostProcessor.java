package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.json.Json;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What happens to the tokens of a text or of two texts: special tokens around them, white space out of their ranges.
 * Immutable.
 */
public sealed interface PostProcessor
    permits PostProcessor.Sequence, PostProcessor.OneType, Template, TrimOffsets {

  /**
   * Processes tokens.
   *
   * @param parts those of one text or two, or what another processor made of them; may be changed
   * @param addSpecialTokens whether special tokens are added
   * @param spelling the vocabulary's spelling of an id
   * @return parts that make the whole, in order: the same or new ones
   */
  List<TokenBuffer> process(List<TokenBuffer> parts, boolean addSpecialTokens, IntFunction<String> spelling);

  /** What becomes of the ids of one text. */
  default int[] process(int[] ids, boolean addSpecialTokens) {
    return ids;
  }

  /** How many special tokens are added to a text, or to a pair of texts. */
  default int added(boolean pair) {
    return 0;
  }

  /** Reads one as the file describes it; a null value changes nothing. */
  static PostProcessor read(Json json) {
    if (json.isNull()) {
      return new Sequence(List.of());
    }
    String type = json.require("type").text();
    return switch (type) {
      case "Sequence" -> new Sequence(json.require("processors").list().stream().map(PostProcessor::read).toList());
      case "ByteLevel" -> trim(json);
      case "TemplateProcessing" -> TemplateReader.read(json);
      case "RobertaProcessing" -> new Sequence(List.of(trim(json), new OneType(), TemplateReader.roberta(json)));
      case "BertProcessing" -> TemplateReader.bert(json);
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
    public List<TokenBuffer> process(List<TokenBuffer> parts, boolean addSpecialTokens,
        IntFunction<String> spelling) {
      List<TokenBuffer> result = parts;
      for (PostProcessor step : steps) {
        result = step.process(result, addSpecialTokens, spelling);
      }
      return result;
    }

    @Override
    public int[] process(int[] ids, boolean addSpecialTokens) {
      int[] result = ids;
      for (PostProcessor step : steps) {
        result = step.process(result, addSpecialTokens);
      }
      return result;
    }

    @Override
    public int added(boolean pair) {
      return steps.stream().mapToInt(step -> step.added(pair)).sum();
    }
  }

  /** Gives all tokens the type 0. */
  record OneType() implements PostProcessor {

    @Override
    public List<TokenBuffer> process(List<TokenBuffer> parts, boolean addSpecialTokens,
        IntFunction<String> spelling) {
      if (addSpecialTokens) { // without, the reference leaves what was cut off as it is
        parts.forEach(part -> part.overflow().replaceAll(cut -> cut.ofType(0)));
      }
      return parts.stream().map(part -> part.ofType(0)).toList();
    }
  }
}
