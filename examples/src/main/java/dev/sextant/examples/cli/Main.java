package dev.sextant.examples.cli;

import dev.sextant.report.text.Style;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Help;
import picocli.CommandLine;

/**
 * Starts the command line. The start script tells by system properties what a program cannot find out by itself:
 * {@code sextant.demo}, the folder of the bundled model, and {@code sextant.terminal}, which of the streams
 * {@code out} and {@code err} are terminals.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Path demo = Path.of(System.getProperty("sextant.demo", "examples/models/storm"));
    String terminals = System.getProperty("sextant.terminal", "");
    String noColor = System.getenv("NO_COLOR");
    boolean colours = terminals.contains("out") && (noColor == null || noColor.isEmpty());
    // Not System.out, which keeps to itself that a disk is full.
    OutputStream output = new FileOutputStream(FileDescriptor.out);
    CommandLine commandLine = commandLine(demo, new Style(colours), terminals.contains("err"), output);
    commandLine.setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8));
    commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    int exitCode = commandLine.execute(args);
    commandLine.getOut().flush();
    System.exit(exitCode);
  }

  /**
   * The command line, ready to execute.
   *
   * @param demo the model that is used when none is named
   * @param style of the output
   * @param progress whether a bar may be drawn on the error stream
   * @param output the standard output, for what is written in bytes
   */
  static CommandLine commandLine(Path demo, Style style, boolean progress, OutputStream output) {
    return new CommandLine(new SextantCommand(demo, style, progress, System::nanoTime, output))
        .registerConverter(Path.class, new Values.File()).registerConverter(Boolean.class, new Values.Flag())
        .registerConverter(boolean.class, new Values.Flag())
        .setColorScheme(Help.defaultColorScheme(style.coloured() ? Help.Ansi.ON : Help.Ansi.OFF))
        .setParameterExceptionHandler(Errors::usage)
        .setExecutionExceptionHandler(Errors::failure)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100);
  }
}
