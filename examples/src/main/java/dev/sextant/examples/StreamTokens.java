package dev.sextant.examples;

import dev.sextant.GeneratedToken;
import dev.sextant.Model;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A text shown while it is made, up to the end of a sentence. Argument: the folder of a model. */
public final class StreamTokens {
  private StreamTokens() {}

  public static void main(String[] args) {
    // @start region="stream-tokens"
    try (Model model = Model.load(Path.of(args[0]));
        Stream<GeneratedToken> tokens = model.generate().prompt("Today is Monday.").stop(".").stream()) {
      tokens.forEach(token -> System.out.print(token.text()));
    }
    // @end region="stream-tokens"
  }
}
