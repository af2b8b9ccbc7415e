package dev.sextant.examples.cli;

import dev.sextant.Model;
import dev.sextant.report.text.Visible;
import dev.sextant.tokenizer.EncodeOptions;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A token named on the command line by its text, or as #ID. */
record TokenArgument(Model model, CommandLine command) {
  /**
   * The id of the one token that the text is.
   *
   * @param name of the option or parameter, for complaints
   */
  int id(String name, String text) {
    if (text.matches("#\\d{1,9}")) return known(name, Integer.parseInt(text.substring(1)));
    int[] ids = model.tokenizer().encodeIds(text, EncodeOptions.AS_IS);
    if (ids.length == 1) return ids[0];
    String pieces = Arrays.stream(ids).mapToObj(id -> Visible.text(model.tokenizer().textOf(id)))
        .collect(Collectors.joining(", "));
    throw new ParameterException(command, name + " is " + Visible.text(text) + ", for this model " + ids.length
        + " tokens: " + pieces + "; it must be one, as \" word\" with its space often is");
  }

  private int known(String name, int id) {
    int vocabulary = model.config().vocabularySize();
    if (id < vocabulary) return id;
    throw new ParameterException(command, name + " is #" + id + "; this model knows #0 to #" + (vocabulary - 1));
  }
}
