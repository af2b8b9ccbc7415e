package dev.sextant.examples.cli;

import dev.sextant.InvalidArgumentException;
import dev.sextant.SextantException;
import dev.sextant.report.text.Visible;
import dev.sextant.safetensors.SafetensorsException;
import dev.sextant.tokenizer.TokenizerException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    root(command).clearProgress();
    err.println("sextant: " + Visible.oneLine(new Misuse(Arrays.asList(args)).of(e)));
    List<String> similar = e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    if (!similar.isEmpty()) err.println("Did you mean: " + String.join(", ", similar) + "?");
    if (isModelMistaken(e, args)) err.println("A model is named with --model DIR.");
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE;
  }

  /** Whether an argument too many is a model's folder that was not named as one. */
  private static boolean isModelMistaken(ParameterException e, String[] args) {
    return e instanceof UnmatchedArgumentException && !Arrays.asList(args).contains("--model")
        && e.getCommandLine().getCommandSpec().findOption("--model") != null
        && Arrays.stream(args).anyMatch(argument -> new File(argument, "config.json").isFile());
  }

  /** A command that was understood and failed. */
  static int failure(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    command.getOut().flush();
    root(command).clearProgress();
    err.println("sextant: " + message(e));
    if (root(command).stacktrace()) err.print(Visible.flowing(stackTrace(e)));
    err.flush();
    return e instanceof InvalidArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private static SextantCommand root(CommandLine command) {
    return (SextantCommand) command.getCommandSpec().root().userObject();
  }

  /** With its causes, whose messages are anybody's. */
  private static String stackTrace(Exception e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  /** What went wrong with a file, without the names of Java's classes. */
  private static String trouble(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": " + whatIsMissing(new File(missing.getFile()));
      case FileAlreadyExistsException there -> there.getFile() + ": there is a file of that name";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileSystemException other when other.getReason() != null -> other.getFile() + ": "
          + reason(other.getReason());
      default -> "cannot read or write: "
          + (e.getMessage() == null ? "the system does not say why" : reason(e.getMessage()));
    };
  }

  /** As the system says it, which calls folders directories. */
  private static String reason(String reason) {
    return switch (reason) {
      case "Is a directory" -> "is a folder";
      case "Not a directory" -> "a part of its path is no folder";
      default -> reason.toLowerCase(Locale.ROOT);
    };
  }

  private static String whatIsMissing(File file) {
    File folder = file.getAbsoluteFile().getParentFile();
    return folder == null || folder.isDirectory() ? "no such file" : "there is no folder " + folder;
  }

  private static String message(Exception e) {
    return switch (e) {
      case SextantException known -> Visible.oneLine(known.getMessage());
      case InvalidArgumentException known -> Visible.oneLine(known.getMessage());
      case SafetensorsException known -> Visible.oneLine(known.getMessage());
      case TokenizerException known -> Visible.oneLine(known.getMessage());
      case IOException known -> Visible.oneLine(trouble(known));
      case UncheckedIOException known -> Visible.oneLine(trouble(known.getCause()));
      default ->
        "this is a bug, please report it together with the output of --stacktrace: " + Visible.oneLine(e.toString());
    };
  }
}
