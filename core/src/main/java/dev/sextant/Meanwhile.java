package dev.sextant;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Something that a thread of its own reads while the caller goes on. */
final class Meanwhile<T extends @Nullable Object> implements AutoCloseable {
  private final FutureTask<T> task;

  /** Begins at once. */
  Meanwhile(String name, Callable<T> reading) {
    task = new FutureTask<>(reading);
    Thread.ofPlatform().daemon().name(name).start(task);
  }

  /**
   * What was read, as soon as it is there. Throws what the reading threw.
   *
   * @throws IOException if the reading threw it
   * @throws SextantException if the caller is interrupted while it waits
   */
  T get() throws IOException {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SextantException("interrupted while a model was opened", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case IOException thrown -> throw thrown;
        case Throwable thrown -> throw new IllegalStateException(thrown);
      }
    }
  }

  /** Ends a reading that nobody waits for any more. */
  @Override
  public void close() {
    task.cancel(true);
  }
}
