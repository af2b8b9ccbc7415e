package dev.sextant.examples.understanding;

import dev.sextant.Model;
import dev.sextant.explain.HeadPattern;
import dev.sextant.explain.HeadPatterns;
import java.nio.file.Path;

/** Which heads look at the token before, and which find what came next last time. Argument: the folder of a model. */
public final class LookAtHeads {
  private LookAtHeads() {}

  public static void main(String[] args) {
    // @start region="look-at-heads"
    try (Model model = Model.load(Path.of(args[0]))) {
      String text = "Bread is made of flour. Today is Monday. Bread is made of flour. Today is Monday.";
      HeadPatterns heads = HeadPatterns.of(model, model.tokenizer().encode(text).ids());
      for (HeadPattern head : heads.strongest(HeadPattern::previousToken, 3))
        System.out.printf("layer %d, head %d: %.2f to the token before%n", head.layer() + 1, head.head() + 1,
            head.previousToken());
      for (HeadPattern head : heads.strongest(HeadPattern::induction, 3))
        System.out.printf("layer %d, head %d: %.2f to what came next last time%n", head.layer() + 1, head.head() + 1,
            head.induction());
    }
    // @end region="look-at-heads"
  }
}
