package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.text.CharClass;
import dev.sextant.tokenizer.text.ClassPattern;
import dev.sextant.tokenizer.text.TextPattern;
import java.util.List;

/** Cuts pieces into smaller ones, and may rewrite them. Immutable. */
public sealed interface PreTokenizer permits ByteLevel, Metaspace, PreTokenizer.Sequence, Split, Whitespace {

  /** The smaller pieces, in order. */
  Pieces split(Pieces pieces);

  /** Reads one as the file describes it; a null value is none: every text one piece. */
  static PreTokenizer read(Json json) {
    if (json.isNull()) {
      return new Sequence(List.of());
    }
    String type = json.require("type").text();
    return switch (type) {
      case "Sequence" -> new Sequence(json.require("pretokenizers").list().stream().map(PreTokenizer::read).toList());
      case "ByteLevel" -> ByteLevel.read(json);
      case "Split" -> new Split(TextPattern.read(json.require("pattern")),
          SplitBehavior.read(json.require("behavior")), json.flagOr("invert", false));
      case "Digits" -> digits(json.flagOr("individual_digits", false));
      case "Punctuation" -> punctuation(json);
      case "Whitespace" -> new Whitespace();
      case "WhitespaceSplit" -> new Split(new ClassPattern(CharClass::isSpace), SplitBehavior.REMOVED, false);
      case "Metaspace" -> Metaspace.read(json);
      default -> throw json.unsupported("pre-tokenizer", type);
    };
  }

  private static PreTokenizer digits(boolean individual) {
    return new Split(new ClassPattern(c -> (CharClass.of(c) & CharClass.NUMBER) != 0),
        individual ? SplitBehavior.ISOLATED : SplitBehavior.CONTIGUOUS, false);
  }

  private static PreTokenizer punctuation(Json json) {
    SplitBehavior behavior = json.has("behavior") ? SplitBehavior.read(json.get("behavior")) : SplitBehavior.ISOLATED;
    return new Split(new ClassPattern(CharClass::isPunctuation), behavior, false);
  }

  /**
   * One after the other.
   *
   * @param steps in the order in which they act
   */
  record Sequence(List<PreTokenizer> steps) implements PreTokenizer {

    @Override
    public Pieces split(Pieces pieces) {
      Pieces result = pieces;
      for (PreTokenizer step : steps) {
        result = step.split(result);
      }
      return result;
    }
  }
}
