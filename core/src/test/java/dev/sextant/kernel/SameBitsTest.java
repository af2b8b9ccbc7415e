package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other flags, other machines: what JVMs started with them choose and compute. */
class SameBitsTest {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  /** Prints the kernels chosen and a digest of the bits they compute. */
  public static void main(String[] args) {
    System.out.println(Kernels.fastest().name() + " " + digest());
  }

  private static int digest() {
    try (Workers workers = new Workers(1)) {
      Engine engine = new Engine(Kernels.fastest(), workers);
      int digest = 0;
      for (int tokens : new int[] {1, 30})
        digest = 31 * digest + Arrays.hashCode(EngineTest.everything(engine, tokens));
      return digest;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:MaxVectorSize=32", "-XX:MaxVectorSize=16", "-Xint", "-XX:TieredStopAtLevel=1",
    "--enable-native-access=ALL-UNNAMED"})
  void vectorsOfAnyWidthInterpretedOrCompiledGiveTheSameBits(String flag) throws IOException, InterruptedException {
    assertTrue(run(VECTORS, flag).contains("vector " + digest()), flag);
  }

  @Test
  void withoutTheModuleScalarCodeRunsAndSaysWhichFlagIsMissing() throws IOException, InterruptedException {
    String output = run();
    assertTrue(output.contains("scalar "), output);
    assertTrue(output.contains(VECTORS.replace('=', ' ')), output);
    assertEquals(output.indexOf("add-modules"), output.lastIndexOf("add-modules"), "said once");
  }

  private static String run(String... flags) throws IOException, InterruptedException {
    return run(SameBitsTest.class, flags);
  }

  /** What another JVM prints that runs the main method of a class of these tests. */
  static String run(Class<?> main, String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", classes(Kernels.class) + java.io.File.pathSeparator + classes(SameBitsTest.class),
        main.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static String classes(Class<?> of) {
    return Path.of(java.net.URI.create(of.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
  }
}
