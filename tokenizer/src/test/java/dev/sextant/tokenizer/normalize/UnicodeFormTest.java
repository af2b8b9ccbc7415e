package dev.sextant.tokenizer.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.text.Aligned;
import java.text.Normalizer.Form;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnicodeFormTest {
  /** What composes, decomposes, reorders, or hinders another from it. */
  private static final String RICH = "aeoAns가각각ガカはﬁ①㍿ｶﾞℌ½ẛṩÅΩKΣ\u0958\u0929\u0344\u0340ﬤ\u1E9B"
      + "\u0301\u0300\u0323\u0327\u0308\u0338\u3099\u309A\u0F71\u0F72\u093C\u05B0\u05BC\u0345\u09BE\u09C7\uD81B\uDD63\uD81B\uDD67";

  private static Aligned normalize(Form form, String text) {
    return new UnicodeForm(form).normalize(Aligned.of(text, 0, text.length()));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void segmentsTogetherAreTheWholeSeed8(Form form) {
    int[] rich = RICH.codePoints().toArray();
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.appendCodePoint(rich[random.nextInt(rich.length)]);
      }
      checkWhole(form, text.toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void everyAssignedCodePointAmongLettersAndMarks(Form form) {
    for (int c = 0; c < 0x32400; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String point = Character.toString(c);
        checkWhole(form, "a" + point + "\u0327\u0301" + point + "\u0323");
      }
    }
  }

  private static void checkWhole(Form form, String text) {
    Aligned normalized = normalize(form, text);
    String expected = java.text.Normalizer.normalize(text, form);
    if (!expected.equals(normalized.text())) {
      assertEquals(expected, normalized.text(), () -> form + " of '" + text + "'");
    }
    for (int i = 0; i < normalized.length(); i++) {
      assertTrue(normalized.start(i) < normalized.end(i) && normalized.end(i) <= text.length());
    }
  }

  @Test
  void aComposedCharacterComesFromItsFirstPart() {
    Aligned composed = normalize(Form.NFC, "xe\u0301y");
    assertEquals("xéy", composed.text());
    assertEquals(1, composed.start(1));
    assertEquals(2, composed.end(1));
    assertEquals(3, composed.start(2));
  }

  @Test
  void theRestOfADecompositionSharesItsPlace() {
    Aligned parts = normalize(Form.NFKD, "㍿é");
    assertEquals("株式会社e\u0301", parts.text());
    for (int i = 0; i < 4; i++) {
      assertEquals(0, parts.start(i));
      assertEquals(1, parts.end(i));
    }
    assertEquals(1, parts.start(5));
  }

  @Test
  void lowerCaseIsCharacterByCharacter() {
    assertEquals(null, CharacterNormalizer.lowercase('a'));
    assertEquals("σ", CharacterNormalizer.lowercase('Σ'));
    assertEquals("i\u0307", CharacterNormalizer.lowercase('İ'));
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String lower = CharacterNormalizer.lowercase(c);
      if (lower != null && c != 'İ') {
        assertEquals(Character.toString(Character.toLowerCase(c)), lower);
      }
    }
  }
}
