package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MachineTroubleTest {
  private static final MachineTrouble TROUBLE = MachineTrouble.in(Path.of("some/model"));

  private static void assertTells(VirtualMachineError error, String told) {
    SextantException exception = TROUBLE.told(error);
    assertTrue(exception.getMessage().startsWith(Path.of("some/model") + ": " + told), exception.getMessage());
    assertSame(error, exception.getCause());
  }

  @Test
  void whatIsMissingIsNamed() {
    assertTells(new OutOfMemoryError("Java heap space"), "out of memory; keys and values");
    assertTells(new OutOfMemoryError("GC overhead limit exceeded"), "out of memory; keys and values");
    assertTells(new OutOfMemoryError(), "out of memory; keys and values");
    assertTells(new OutOfMemoryError("9 x 9 numbers are more than an array can hold"),
        "out of memory: 9 x 9 numbers are more than an array can hold");
    assertTells(new OutOfMemoryError("Cannot reserve 9 bytes"), "out of memory: Cannot reserve 9 bytes");
    assertTells(new OutOfMemoryError("unable to create native thread: possibly out of memory or process/resource limits"
        + " reached"), "the system starts no more threads; LoadOptions.withThreads");
    assertTells(new InternalError("a fault occurred in an unsafe memory access operation"), "the weights could not be");
  }

  @Test
  void hasItsWordsReadyBefore() {
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    assertSame(TROUBLE.told(error).getMessage(), TROUBLE.told(error).getMessage(), "made once");
  }
}
