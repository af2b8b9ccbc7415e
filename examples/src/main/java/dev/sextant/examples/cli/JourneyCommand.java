package dev.sextant.examples.cli;

import dev.sextant.Distribution;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.examples.cli.Itinerary.Token;
import dev.sextant.tokenizer.Encoding;
import dev.sextant.tokenizer.Tokenizer;
import dev.sextant.trace.Station;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The way of a token, told. */
@Command(name = "journey",
    description = "Tells, step by step, how the model comes from a text to the token that follows.")
final class JourneyCommand implements Callable<Integer> {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Parameters(paramLabel = "PROMPT", description = "The text whose last token is followed.")
  private String prompt;

  @Option(names = "--layer", paramLabel = "N", split = ",",
      description = "Tells of this layer only, from 1; may be given several times. Default: all.")
  private List<Integer> chosenLayers = new ArrayList<>();

  @Option(names = "--top", paramLabel = "N", defaultValue = "10",
      description = "How many of the most probable tokens to show; default: ${DEFAULT-VALUE}.")
  private int top;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Model model = modelOptions.openBriefly(root); Session session = model.session()) {
      requireLayers(model.config().layers());
      if (top < 1) throw new ParameterException(spec.commandLine(), "--top is " + top + "; it must be at least 1");
      Encoding encoding = model.tokenizer().encode(prompt);
      int[] ids = encoding.ids();
      PassageRecorder recorder = new PassageRecorder(model.config().layers(), model.config().heads());
      Distribution next = session.observe(PassageRecorder.STATIONS, recorder).append(ids).distribution();

      out.println(root.style().bold("The journey of a token") + " through " + modelOptions.name(root, model));
      Itinerary itinerary = new Itinerary(out, root.style(), model.config(), tokens(model.tokenizer(), encoding));
      tell(itinerary, recorder.passage(), model, positionShift(model, ids[ids.length - 1]));
      itinerary.distribution(next, top);
    }
    return 0;
  }

  private void tell(Itinerary itinerary, Passage passage, Model model, double shift) {
    itinerary.tokens();
    itinerary.embedding(passage.embeddings());
    itinerary.position(shift);
    itinerary.layers();
    for (int index = 0; index < passage.layers().size(); index++) {
      if (!chosenLayers.isEmpty() && !chosenLayers.contains(index + 1)) continue;
      Passage.Layer layer = passage.layers().get(index);
      itinerary.layer(index, layer, model.lens(layer.after()));
    }
    itinerary.balance(passage.layers());
  }

  private void requireLayers(int layers) {
    for (int layer : chosenLayers) {
      if (layer < 1 || layer > layers) {
        throw new ParameterException(spec.commandLine(),
            "--layer is " + layer + "; this model has the layers 1 to " + layers);
      }
    }
  }

  private static List<Token> tokens(Tokenizer tokenizer, Encoding encoding) {
    return IntStream.range(0, encoding.size()).mapToObj(i -> {
      String text = Visible.text(tokenizer.textOf(encoding.id(i)));
      return new Token(encoding.id(i), text, encoding.isAdded(i));
    }).toList();
  }

  /** How far apart the rows of one token at positions 0 and 1 lie, before the first layer. */
  private static double positionShift(Model model, int id) {
    List<float[]> rows = new ArrayList<>();
    try (Session session = model.session()) {
      session.observe(Set.of(Station.EMBEDDING), (_, _, live) -> {
        for (int row = 0; row < live.rows(); row++) rows.add(live.copyRow(row));
      });
      session.append(id, id);
    }
    float[] difference = rows.getFirst();
    for (int i = 0; i < difference.length; i++) difference[i] -= rows.get(1)[i];
    return Geometry.norm(difference);
  }
}
