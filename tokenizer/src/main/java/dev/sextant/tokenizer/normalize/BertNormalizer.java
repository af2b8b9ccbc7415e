package dev.sextant.tokenizer.normalize;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.text.CharClass;
import dev.sextant.tokenizer.text.Aligned;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * BERT's cleaning: control characters go, white space becomes a space, Chinese characters stand alone, accents go,
 * lower case.
 *
 * @param steps those of them that the file asks for
 */
record BertNormalizer(Normalizer.Sequence steps) implements Normalizer {

  static BertNormalizer read(Json json) {
    boolean lowercase = json.flagOr("lowercase", true);
    List<Normalizer> steps = new ArrayList<>();
    if (json.flagOr("clean_text", true)) {
      steps.add(new CharacterNormalizer(BertNormalizer::clean));
    }
    if (json.flagOr("handle_chinese_chars", true)) {
      steps.add(new CharacterNormalizer(c -> isChinese(c) ? " " + Character.toString(c) + " " : null));
    }
    if (json.flagOr("strip_accents", lowercase)) {
      steps.add(new UnicodeForm(Form.NFD));
      steps.add(new CharacterNormalizer(c -> Character.getType(c) == Character.NON_SPACING_MARK ? "" : null));
    }
    if (lowercase) {
      steps.add(new CharacterNormalizer(CharacterNormalizer::lowercase));
    }
    return new BertNormalizer(new Normalizer.Sequence(List.copyOf(steps)));
  }

  @Override
  public Aligned normalize(Aligned text) {
    return steps.normalize(text);
  }

  private static @Nullable String clean(int codePoint) {
    if (CharClass.isSpace(codePoint) && codePoint != 0x0B && codePoint != 0x0C && codePoint != 0x85) {
      return " ";
    }
    return codePoint == 0xFFFD || isControl(codePoint) ? "" : null;
  }

  private static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> false;
    };
  }

  /** The blocks of CJK ideographs that BERT names; neither kana nor hangul. */
  private static boolean isChinese(int c) {
    return c >= 0x4E00 && c <= 0x9FFF || c >= 0x3400 && c <= 0x4DBF || c >= 0x20000 && c <= 0x2A6DF
        || c >= 0x2A700 && c <= 0x2B73F || c >= 0x2B740 && c <= 0x2B81F || c >= 0x2B920 && c <= 0x2CEAF
        || c >= 0xF900 && c <= 0xFAFF || c >= 0x2F800 && c <= 0x2FA1F;
  }
}
