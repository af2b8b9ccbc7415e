package dev.sextant.examples;

import dev.sextant.Distribution;
import dev.sextant.Model;
import java.nio.file.Path;

/** What a model says comes next. Argument: the folder of a model. */
public final class NextToken {
  private NextToken() {}

  public static void main(String[] args) {
    // @start region="next-token"
    try (Model model = Model.load(Path.of(args[0]))) {
      int[] ids = model.tokenizer().encode("The storm is").ids();
      Distribution next = model.nextTokenDistribution(ids);
      next.top(5).forEach(token -> System.out.printf("%5.1f %%  %s%n", 100 * token.probability(), token.text()));
    }
    // @end region="next-token"
  }
}
