package dev.sextant.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.Model;
import dev.sextant.TokenProbability;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundled model says what the float64 reference in tools/goldens says. */
class DemoModelTest {
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "The storm is | over 0.171033 coming 0.162133 getting 0.157844 here 0.084105 approaching 0.076672 strong 0.065815",
    "Today is Monday. Tomorrow is | Tuesday 0.970805 Sunday 0.005622 Saturday 0.004979",
    "Mia has two and Tom has three. Together they have | five 0.957119 four 0.019730 nine 0.008206",
    "Bread is made of | flour 0.981984 milk 0.008632 wood 0.005125"})
  void saysWhatTheReferenceSays(String prompt, String expected) {
    String[] words = expected.split(" ");
    try (Model model = Model.load(Path.of("models/storm"))) {
      int[] ids = model.tokenizer().encode(prompt).ids();
      List<TokenProbability> top = model.nextTokenDistribution(ids).top(words.length / 2);
      for (int i = 0; i < top.size(); i++) {
        assertEquals(" " + words[2 * i], top.get(i).text());
        assertEquals(Double.parseDouble(words[2 * i + 1]), top.get(i).probability(), 2e-5, words[2 * i]);
      }
    }
  }
}
