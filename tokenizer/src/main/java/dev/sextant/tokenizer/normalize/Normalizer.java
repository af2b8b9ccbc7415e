package dev.sextant.tokenizer.normalize;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.text.Aligned;
import dev.sextant.tokenizer.text.CharClass;
import dev.sextant.tokenizer.text.TextPattern;
import java.text.Normalizer.Form;
import java.util.List;

/** Rewrites a text and keeps account of where each character came from. Immutable. */
public sealed interface Normalizer
    permits BertNormalizer, CharacterNormalizer, Normalizer.Sequence, Prepend, Replace, Strip, UnicodeForm {

  Aligned normalize(Aligned text);

  /** Reads one as the file describes it; a null value changes nothing. */
  static Normalizer read(Json json) {
    if (json.isNull()) {
      return new Sequence(List.of());
    }
    String type = json.require("type").text();
    return switch (type) {
      case "Sequence" -> new Sequence(json.require("normalizers").list().stream().map(Normalizer::read).toList());
      case "NFC" -> new UnicodeForm(Form.NFC);
      case "NFD" -> new UnicodeForm(Form.NFD);
      case "NFKC" -> new UnicodeForm(Form.NFKC);
      case "NFKD" -> new UnicodeForm(Form.NFKD);
      case "Lowercase" -> new CharacterNormalizer(CharacterNormalizer::lowercase);
      case "StripAccents" -> new CharacterNormalizer(c -> (CharClass.of(c) & CharClass.MARK) != 0 ? "" : null);
      case "Strip" -> new Strip(json.require("strip_left").flag(), json.require("strip_right").flag());
      case "Prepend" -> new Prepend(json.require("prepend").text());
      case "Replace" -> new Replace(TextPattern.read(json.require("pattern")), json.require("content").text());
      case "BertNormalizer" -> BertNormalizer.read(json);
      default -> throw json.unsupported("normalizer", type);
    };
  }

  /**
   * One after the other.
   *
   * @param steps in the order in which they act
   */
  record Sequence(List<Normalizer> steps) implements Normalizer {

    @Override
    public Aligned normalize(Aligned text) {
      Aligned result = text;
      for (Normalizer step : steps) {
        result = step.normalize(result);
      }
      return result;
    }
  }
}
