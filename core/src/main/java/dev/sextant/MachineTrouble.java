package dev.sextant;

import java.nio.file.Path;

/**
 * Errors of the virtual machine that say something about a model or a text, and leave the program intact, in words. Made
 * beforehand: when memory is short there may be none for a class or a message.
 */
record MachineTrouble(String outOfMemory, String outOfThreads, String lostPage) {

  /** The virtual machine's own words for it begin like this. */
  private static final String NO_THREAD = "unable to create native thread";

  static MachineTrouble in(Path folder) {
    return new MachineTrouble(
        folder + ": out of memory; keys and values of texts lie on the heap, which -Xmx sets; weights do not",
        folder + ": the system starts no more threads; LoadOptions.withThreads asks for fewer, and what limits the"
            + " threads or the memory of this process may be raised",
        folder + ": the weights could not be read; was a file cut while mapped?");
  }

  /** @param error an {@link InternalError}, as a mapped page that is gone gives, or an {@link OutOfMemoryError} */
  SextantException told(VirtualMachineError error) {
    return new SextantException(error instanceof InternalError ? lostPage
        : String.valueOf(error.getMessage()).startsWith(NO_THREAD) ? outOfThreads : outOfMemory, error);
  }
}
