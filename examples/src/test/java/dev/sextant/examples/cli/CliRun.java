package dev.sextant.examples.cli;

import dev.sextant.report.text.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** What the command line did with some arguments: as if it were started, but in this virtual machine. */
record CliRun(int exitCode, String out, String err) {

  static final Path DEMO = Path.of("models/storm");

  static CliRun of(String... arguments) {
    return of(DEMO, Style.PLAIN, arguments);
  }

  static CliRun of(Path demo, Style style, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine(demo, style, false, out)
        .setOut(new PrintWriter(out, false, StandardCharsets.UTF_8)).setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(arguments);
    commandLine.getOut().flush();
    commandLine.getErr().flush();
    return new CliRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  /** The words of the first line that holds all of these; empty if there is none. */
  List<String> row(String... parts) {
    return out.lines().filter(line -> List.of(parts).stream().allMatch(line::contains)).findFirst()
        .map(line -> List.of(line.strip().split("\\s+"))).orElse(List.of());
  }

  /** The lines of the error output. */
  List<String> errors() {
    return err.lines().toList();
  }

  /** All text, with each run of white space made one blank. */
  String flowing() {
    return out.replaceAll("\\s+", " ");
  }
}
