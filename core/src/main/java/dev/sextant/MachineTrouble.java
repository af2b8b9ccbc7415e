package dev.sextant;

import java.nio.file.Path;

/** Two errors of the virtual machine that say something about a model or a text, and leave the program intact, in words. */
final class MachineTrouble {
  private static final long MIB = 1L << 20;

  private MachineTrouble() {}

  /** @param error an {@link InternalError}, as a mapped page that is gone gives, or an {@link OutOfMemoryError} */
  static SextantException of(Path folder, VirtualMachineError error) {
    if (error instanceof OutOfMemoryError) {
      return new SextantException(folder + ": out of memory (" + error.getMessage() + "); the heap may grow to "
          + Runtime.getRuntime().maxMemory() / MIB + " MiB (-Xmx). Keys and values of a text lie on it, weights do not",
          error);
    }
    return new SextantException(
        folder + ": the weights could not be read (" + error.getMessage() + "); was a file cut while mapped?", error);
  }
}
