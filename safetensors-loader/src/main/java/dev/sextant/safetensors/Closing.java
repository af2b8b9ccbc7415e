package dev.sextant.safetensors;

import java.util.List;

/** Gives resources back when opening failed midway. */
final class Closing {
  private Closing() {}

  /** Closes everything; what goes wrong on the way is noted in the failure that is on its way to the caller. */
  static void after(Throwable failure, AutoCloseable... resources) {
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }

  static void after(Throwable failure, List<? extends AutoCloseable> resources) {
    after(failure, resources.toArray(AutoCloseable[]::new));
  }
}
