package org.example.outside;

import dev.sextant.Model;
import dev.sextant.Sextant;
import java.nio.file.Path;

/** Prints the most probable next token and what computed it. Argument: the folder of a model. */
public final class Outside {
  private Outside() {}

  public static void main(String[] args) {
    try (Model model = Model.load(Path.of(args[0]))) {
      int[] ids = model.tokenizer().encode("The storm is").ids();
      System.out.println(model.nextTokenDistribution(ids).top(1).getFirst().text().strip());
    }
    System.out.println(Sextant.runtime().kernels());
  }
}
