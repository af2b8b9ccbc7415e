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
    "The storm is | over 0.234164 coming 0.213106 getting 0.148032 approaching 0.083020 near 0.051224 here 0.043298",
    "The sky is clear again. The storm is | over 0.824735 gone 0.059924 getting 0.043874 moving 0.035732 far 0.030912",
    "When Mia and Tom went to the lake, Mia gave the ring to | Tom 0.972430 Peter 0.006453 David 0.003268",
    "The sky is dark and it is | raining 0.508751 thundering 0.240838 getting 0.207307 wet 0.033196",
    "Today is Monday. Tomorrow is | Tuesday 0.988870 Saturday 0.001166 Friday 0.000964",
    "Mia has two and Tom has three. Together they have | five 0.997469 six 0.000840 two 0.000255",
    "Bread is made of | flour 0.999413 wood 0.000281 glass 0.000059"})
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
