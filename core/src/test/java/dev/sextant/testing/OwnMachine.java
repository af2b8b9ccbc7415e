package dev.sextant.testing;

import com.fasterxml.jackson.core.JsonParser;
import dev.sextant.Model;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.tokenizer.Tokenizer;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A program of the tests' run in a Java virtual machine of its own. */
public final class OwnMachine {

  /** How the program ended, and all that it printed. */
  public record Ended(int status, String told) {}

  private OwnMachine() {}

  /**
   * Runs a main class to its end; whoever is interrupted while waiting leaves no process behind.
   *
   * @param options of the virtual machine
   * @param out a file for what it prints
   */
  public static Ended run(Class<?> main, List<String> options, Path out, String... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("--add-modules=jdk.incubator.vector", "-cp", classPath(main), main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      int status = process.waitFor();
      return new Ended(status, Files.readString(out));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String classPath(Class<?> main) throws URISyntaxException {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> one : List.of(main, Model.class, Safetensors.class, Tokenizer.class, JsonParser.class))
      places.add(Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    return String.join(File.pathSeparator, places);
  }
}
