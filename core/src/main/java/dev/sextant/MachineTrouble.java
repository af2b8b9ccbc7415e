package dev.sextant;

import java.nio.file.Path;

/** Two errors of the virtual machine that say something about a model or a text, and leave the program intact, in words. */
final class MachineTrouble {
  private MachineTrouble() {}

  /** @param error an {@link InternalError}, as a mapped page that is gone gives, or an {@link OutOfMemoryError} */
  static SextantException of(Path folder, VirtualMachineError error) {
    String message = error instanceof OutOfMemoryError
        ? ": out of memory; keys and values of texts lie on the heap, which -Xmx sets; weights do not"
        : ": the weights could not be read; was a file cut while mapped?";
    // Not with +, which makes a class the first time, and there may be no memory for one.
    return new SextantException(folder.toString().concat(message), error);
  }
}
