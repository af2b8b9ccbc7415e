package dev.sextant.examples;

import dev.sextant.Generation;
import dev.sextant.Model;
import java.nio.file.Path;

/** A text that goes on from a prompt. Argument: the folder of a model. */
public final class GenerateText {
  private GenerateText() {}

  public static void main(String[] args) {
    // @start region="generate-text"
    try (Model model = Model.load(Path.of(args[0]))) {
      Generation generation = model.generate().prompt("The storm is").maxTokens(60)
          .temperature(0.8).topP(0.95).seed(7).run();
      System.out.println(generation.text());
      System.out.printf("(%s, %.0f tokens/s)%n", generation.stopReason(), generation.tokensPerSecond());
    }
    // @end region="generate-text"
  }
}
