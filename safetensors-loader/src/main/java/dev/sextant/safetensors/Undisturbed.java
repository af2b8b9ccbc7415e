package dev.sextant.safetensors;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work in a thread that nobody can interrupt. On JDK 25 {@code FileChannel.map}, interrupted when the file is mapped already,
 * throws and forgets the mapping, which then stays for ever.
 */
final class Undisturbed {
  private Undisturbed() {}

  /** The result; an interrupt of the caller waits until it is there, and stays noted. */
  static <T> T get(Callable<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name("sextant-mapping").start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      if (interrupted) Thread.currentThread().interrupt();
    }
  }

  private static IOException failure(Throwable cause) {
    switch (cause) {
      case IOException e -> {
        return e;
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    }
  }
}
