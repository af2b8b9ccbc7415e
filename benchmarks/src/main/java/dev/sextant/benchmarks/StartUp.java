package dev.sextant.benchmarks;

import dev.sextant.GeneratedToken;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.WeightFormat;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * A short program that starts, opens a model and generates a few tokens, and says on the standard output how far it is. Who
 * started it takes the times.
 *
 * <pre>StartUp MODEL_FOLDER THREADS PROMPT TOKENS [AS_STORED|Q8|Q4]</pre>
 */
public final class StartUp {
  private StartUp() {}

  public static void main(String[] args) {
    PrintStream out = System.out;
    out.println("main");
    LoadOptions options = LoadOptions.defaults().withThreads(Integer.parseInt(args[1]))
        .withWeights(WeightFormat.valueOf(args.length > 4 ? args[4] : "AS_STORED"));
    try (Model model = Model.load(Path.of(args[0]), options)) {
      out.println("ready");
      int tokens = Integer.parseInt(args[3]);
      try (Stream<GeneratedToken> stream = model.generate().prompt(args[2]).maxTokens(tokens).endTokens().stream()) {
        Iterator<GeneratedToken> each = stream.iterator();
        while (each.hasNext()) out.println("token " + each.next().id());
      }
    }
    out.println("end");
  }
}
