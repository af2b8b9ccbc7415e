package dev.sextant;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Errors of the virtual machine that say something about a model or a text, and leave the program intact, in words. Those for
 * a full heap are made beforehand: there may be no memory for a class or a message then.
 */
record MachineTrouble(String outOfHeap, String outOfMemory, String outOfThreads, String lostPage) {

  /** The virtual machine's own words begin like this. */
  private static final String NO_THREAD = "unable to create native thread";
  private static final String FULL_HEAP = "Java heap space";
  private static final String BUSY_HEAP = "GC overhead limit exceeded";

  static MachineTrouble in(Path folder) {
    String outOfMemory = folder + ": out of memory";
    return new MachineTrouble(
        outOfMemory + "; keys and values of texts lie on the heap, which -Xmx sets; weights do not",
        outOfMemory + ": ",
        folder + ": the system starts no more threads; LoadOptions.withThreads asks for fewer, and what limits the"
            + " threads or the memory of this process may be raised",
        folder + ": the weights could not be read; was a file cut while mapped?");
  }

  /** @param error an {@link InternalError}, as a mapped page that is gone gives, or an {@link OutOfMemoryError} */
  SextantException told(VirtualMachineError error) {
    return new SextantException(error instanceof InternalError ? lostPage : shortage(error.getMessage()), error);
  }

  /** What no -Xmx helps against, memory off the heap or an array longer than any can be, tells itself what it is. */
  private String shortage(@Nullable String message) {
    if (message == null || message.startsWith(FULL_HEAP) || message.startsWith(BUSY_HEAP)) return outOfHeap;
    return message.startsWith(NO_THREAD) ? outOfThreads : outOfMemory + message;
  }
}
