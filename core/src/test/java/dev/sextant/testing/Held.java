package dev.sextant.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What Linux says this process holds of a folder, mappings and open files, and which threads of ours run. */
public final class Held {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Path HANDLES = Path.of("/proc/self/fd");
  /** How often one looks again, 5 ms later; counted, since a process may be halted for any time. */
  private static final int PATIENCE = 1000;

  private Held() {}

  public static boolean isKnown() {
    return Files.isReadable(MAPS) && Files.isDirectory(HANDLES);
  }

  /** What is still held after a while: threads that end, end soon; elsewhere than on Linux, threads alone. */
  public static List<String> below(Path folder) throws IOException, InterruptedException {
    List<String> held = now(folder);
    for (int i = 0; i < PATIENCE && !held.isEmpty(); i++) {
      Thread.sleep(5);
      held = now(folder);
    }
    return held;
  }

  private static List<String> now(Path folder) throws IOException {
    List<String> held = new ArrayList<>();
    if (isKnown()) {
      held.addAll(Files.readAllLines(MAPS));
      try (Stream<Path> handles = Files.list(HANDLES)) {
        handles.forEach(handle -> held.add(target(handle)));
      }
      held.removeIf(line -> !line.contains(folder.toString()));
    }
    for (Thread thread : Thread.getAllStackTraces().keySet())
      if (thread.getName().startsWith("sextant-")) held.add("thread " + thread.getName());
    return held;
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (NoSuchFileException e) { // the handle that listed the folder
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
