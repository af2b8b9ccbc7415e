package dev.sextant.examples.cli;

import dev.sextant.InvalidArgumentException;
import dev.sextant.SextantException;
import dev.sextant.report.text.Visible;
import dev.sextant.safetensors.SafetensorsException;
import dev.sextant.tokenizer.TokenizerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/** One line says what went wrong. Exit code 1, or 2 where the command was not used as it is meant. */
final class Errors {
  private Errors() {}

  /** A command line that cannot be understood. */
  static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("sextant: " + Visible.oneLine(e.getMessage()));
    List<String> similar = e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    if (!similar.isEmpty()) err.println("Did you mean: " + String.join(", ", similar) + "?");
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE;
  }

  /** A command that was understood and failed. */
  static int failure(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    command.getOut().flush();
    err.println("sextant: " + message(e));
    SextantCommand root = (SextantCommand) command.getCommandSpec().root().userObject();
    if (root.stacktrace()) e.printStackTrace(err);
    err.flush();
    return e instanceof InvalidArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private static String message(Exception e) {
    return switch (e) {
      case SextantException known -> Visible.oneLine(known.getMessage());
      case InvalidArgumentException known -> Visible.oneLine(known.getMessage());
      case SafetensorsException known -> Visible.oneLine(known.getMessage());
      case TokenizerException known -> Visible.oneLine(known.getMessage());
      case NoSuchFileException known -> "no such file: " + Visible.oneLine(known.getFile());
      case IOException known -> "cannot read or write: " + Visible.oneLine(known.toString());
      case UncheckedIOException known -> "cannot read or write: " + Visible.oneLine(String.valueOf(known.getCause()));
      default ->
        "this is a bug, please report it together with the output of --stacktrace: " + Visible.oneLine(e.toString());
    };
  }
}
