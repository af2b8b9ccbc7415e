package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.text.CharClass;
import dev.sextant.tokenizer.text.ClassPattern;
import dev.sextant.tokenizer.text.PieceScanner;
import dev.sextant.tokenizer.text.TextPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts pieces into smaller ones, and may rewrite them. Immutable. */
public sealed interface PreTokenizer permits ByteLevel, Metaspace, PreTokenizer.Sequence, Split, Whitespace {

  /** The smaller pieces, in order. */
  Pieces split(Pieces pieces);

  /**
   * What cuts a text into pieces, if afterwards each piece is written as its bytes and nothing else happens; null if
   * anything does.
   */
  default @Nullable PreTokenizer beforeBytes() {
    return null;
  }

  /** The scanner whose matches are the pieces, if this is one; otherwise null. */
  default @Nullable PieceScanner scanner() {
    return null;
  }

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

  /** The matches of a regular expression, written as bytes; what lies between them vanishes, as in tiktoken. */
  static PreTokenizer matches(String regex, Json place) {
    PreTokenizer matches = new Split(TextPattern.regex(regex, place), SplitBehavior.REMOVED, true);
    return new Sequence(List.of(matches, new ByteLevel(false, null)));
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

    @Override
    public @Nullable PreTokenizer beforeBytes() {
      boolean cutsOnly = !steps.isEmpty()
          && steps.subList(0, steps.size() - 1).stream().allMatch(Split.class::isInstance);
      PreTokenizer last = cutsOnly ? steps.getLast().beforeBytes() : null;
      if (last == null) {
        return null;
      }
      List<PreTokenizer> cuts = new ArrayList<>(steps.subList(0, steps.size() - 1));
      if (!last.equals(new Sequence(List.of()))) {
        cuts.add(last);
      }
      return cuts.size() == 1 ? cuts.getFirst() : new Sequence(List.copyOf(cuts));
    }
  }
}
