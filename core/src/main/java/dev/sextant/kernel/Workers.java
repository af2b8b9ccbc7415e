package dev.sextant.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the work of one call at a time, split into a fixed number of parts. Whoever is free takes the next
 * part, the caller too, so that on a busy machine nobody waits for a thread that does not get a processor. Between calls
 * the workers watch for the next one for a short while, because a forward pass makes hundreds of calls some microseconds
 * apart, then sleep. Safe to use from several threads: who finds the workers busy does all parts alone.
 */
public final class Workers implements AutoCloseable {
  /** Work that can be split. */
  @FunctionalInterface
  public interface Task {
    /** Does one part, counted from 0. The result must not depend on how many parts there are. */
    void run(int part, int parts);
  }

  private static final Task IDLE = (part, parts) -> {};
  private static final int SPINS = 20_000; // some 100 us to 1 ms, depending on the processor

  private final Worker[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  /** The number of the call (upper half) and how many of its parts are taken (lower half). */
  private final AtomicLong taken;
  private volatile boolean closed;
  private Task task = IDLE;

  /**
   * Starts the threads.
   *
   * @param threads how many work at a time, the caller included; at least 1
   */
  public Workers(int threads) {
    if (threads < 1)
      throw new IllegalArgumentException("threads is " + threads + "; at least 1, the caller, must work");
    workers = new Worker[threads - 1];
    taken = new AtomicLong(threads);
    for (int i = 0; i < workers.length; i++) workers[i] = new Worker(i + 1);
    for (Worker worker : workers) worker.thread.start();
  }

  /** One thread per processor the JVM may use. */
  public static Workers ofProcessors() {
    return new Workers(Runtime.getRuntime().availableProcessors());
  }

  /** How many threads work at a time, the caller included. */
  public int threads() {
    return workers.length + 1;
  }

  /**
   * Does all parts of a task and returns when the last is done. What a part throws, this
   * throws; if several do, the first.
   *
   * @throws IllegalStateException if the workers are closed
   */
  public void run(Task work) {
    if (closed) throw new IllegalStateException("the workers are closed: their model was closed while still in use");
    if (workers.length == 0 || !busy.compareAndSet(false, true)) {
      for (int part = 0; part < threads(); part++) work.run(part, threads());
      return;
    }
    try {
      share(work);
    } finally {
      busy.set(false);
    }
  }

  private void share(Task work) {
    if (closed) throw new IllegalStateException("the workers are closed");
    task = work;
    unfinished.set(threads());
    taken.set((call(taken.get()) + 1L) << Integer.SIZE); // publishes the two; only the owner of busy begins a call
    for (Worker worker : workers) worker.wake();
    takeParts();
    for (int spins = 0; unfinished.get() > 0; spins++) rest(spins);
    task = IDLE; // keeps nobody's buffers alive
    rethrow(failure.getAndSet(null));
  }

  /** Does parts of the present call until none is left. A call cannot end, nor its task change, while a part is under way. */
  private void takeParts() {
    for (long seen = taken.get(); (int) seen < threads(); seen = taken.get()) {
      if (taken.compareAndSet(seen, seen + 1)) attempt((int) seen);
    }
  }

  private void attempt(int part) {
    try {
      task.run(part, threads());
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
    }
    unfinished.decrementAndGet();
  }

  private static int call(long taken) {
    return (int) (taken >>> Integer.SIZE);
  }

  private static void rest(int spins) {
    if (spins < SPINS) Thread.onSpinWait();
    else Thread.yield(); // more threads than processors: the one waited for may need this one's
  }

  private static void rethrow(@Nullable Throwable thrown) {
    switch (thrown) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  /** Ends the threads and returns when they have ended. Waits for a task under way; does nothing the second time. */
  @Override
  public void close() {
    for (int spins = 0; !busy.compareAndSet(false, true); spins++) rest(spins);
    closed = true;
    busy.set(false);
    for (Worker worker : workers) worker.end();
  }

  private final class Worker implements Runnable {
    private final Thread thread;
    private volatile boolean asleep;

    Worker(int number) {
      thread = Thread.ofPlatform().daemon().name("sextant-worker-" + number).unstarted(this);
    }

    @Override
    public void run() {
      for (int done = 0; awaitCallAfter(done);) {
        done = call(taken.get());
        takeParts();
      }
    }

    /** True when there is a call after this one, false when there will be none. */
    private boolean awaitCallAfter(int done) {
      for (int spins = 0; call(taken.get()) == done; spins++) {
        if (closed) return false;
        if (spins < SPINS) Thread.onSpinWait();
        else sleep(done);
      }
      return true;
    }

    private void sleep(int done) {
      asleep = true; // before looking again: who calls looks at it after calling
      if (call(taken.get()) == done && !closed) LockSupport.park(Workers.this);
      Thread.interrupted(); // or park would not sleep any more
      asleep = false;
    }

    void wake() {
      if (asleep) LockSupport.unpark(thread);
    }

    void end() {
      LockSupport.unpark(thread);
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
