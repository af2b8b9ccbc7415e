package dev.sextant.examples.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, in its own words: options by the name that was typed, values as they were typed.
 *
 * @param args all that was typed
 */
record Misuse(List<String> args) {
  /** In a line. */
  String of(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    return switch (e) {
      case UnmatchedArgumentException unmatched -> notUnderstood(unmatched, command);
      case MissingParameterException missing -> missing(missing.getMissing().getFirst());
      case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given twice";
      case ParameterException value when e.getCause() instanceof TypeConversionException wrong -> name(e.getArgSpec())
          + " is " + (value.getValue().isEmpty() ? "empty" : value.getValue()) + "; it " + wrong.getMessage();
      case ParameterException help when e.getArgSpec() == null && e.getValue() != null ->
        unknownCommand(help.getValue(), command.root());
      default -> e.getMessage();
    };
  }

  private static String notUnderstood(UnmatchedArgumentException e, CommandSpec command) {
    String first = e.getUnmatched().getFirst();
    boolean isRoot = !command.subcommands().isEmpty();
    if (e.isUnknownOption()) return (isRoot ? "there is" : command.name() + " has") + " no option " + first;
    if (isRoot) return unknownCommand(first, command);
    String words = e.getUnmatched().stream().collect(Collectors.joining("\", \"", "\"", "\""));
    return command.name() + " does not understand " + words
        + (command.positionalParameters().isEmpty() ? "" : "; a text of several words needs quotes");
  }

  private static String unknownCommand(String name, CommandSpec root) {
    return "there is no command " + name + "; known are " + String.join(", ", root.subcommands().keySet());
  }

  private String missing(ArgSpec spec) {
    return spec instanceof OptionSpec ? name(spec) + " needs a value, " + spec.paramLabel()
        : spec.paramLabel() + " is missing";
  }

  /** What a parameter is called; an option by the name that was typed, or its longest where that cannot be told. */
  private String name(ArgSpec spec) {
    if (!(spec instanceof OptionSpec option)) return spec.paramLabel();
    return Arrays.stream(option.names()).sorted(Comparator.comparingInt(String::length).reversed())
        .filter(name -> args.stream().anyMatch(word -> names(word, name))).findFirst().orElse(option.longestName());
  }

  /** Whether a word is an option of this name, perhaps with its value behind it. */
  private static boolean names(String word, String name) {
    return word.equals(name) || word.startsWith(name.startsWith("--") ? name + "=" : name);
  }
}
