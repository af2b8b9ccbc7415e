package dev.sextant.examples;

import dev.sextant.Journey;
import dev.sextant.Model;
import java.nio.file.Path;

/** Why a token and not another one. Argument: the folder of a model. */
public final class WhyThisToken {
  private WhyThisToken() {}

  public static void main(String[] args) {
    // @start region="why-this-token"
    try (Model model = Model.load(Path.of(args[0]))) {
      Journey journey = model.journey().prompt("The storm is").why().run();
      System.out.println(journey.tokens().getFirst().why());
    }
    // @end region="why-this-token"
  }
}
