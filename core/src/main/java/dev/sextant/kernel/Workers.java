package dev.sextant.kernel;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the work of one call at a time, split into a fixed number of parts. The caller does part 0, then those
 * parts whose worker has not begun, so it never waits for a thread that the system does not let run. Between calls the
 * workers watch for the next one for a short while, because a forward pass makes hundreds of calls some microseconds apart,
 * then sleep. Safe to use from several threads: who finds the workers busy does all parts alone.
 *
 * <p>On a machine that has other work a worker may lose its processor in the middle of a part, and everybody waits for it.
 * When that happens the caller does the next calls alone for a while, longer each time it happens again.
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
  /** A wait this long (and longer than the caller's own work) means that a worker has lost its processor; in ns. */
  private static final long STALL = 500_000;
  private static final long LEAST_ALONE = 5_000_000;
  private static final long MOST_ALONE = 160_000_000;

  private final Worker[] workers;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile int call;
  private volatile boolean closed;
  private Task task = IDLE;
  /** Until when the caller works alone, and for how long at a time; for the owner of busy. */
  private long aloneUntil = System.nanoTime();
  private long alone = LEAST_ALONE;

  /**
   * Starts the threads.
   *
   * @param threads how many work at a time, the caller included; at least 1
   * @throws OutOfMemoryError if the system starts no more threads; those already started have ended by then
   */
  public Workers(int threads) {
    this(threads, Thread.ofPlatform().daemon().name("sextant-worker-", 1).factory());
  }

  Workers(int threads, ThreadFactory factory) {
    if (threads < 1)
      throw new IllegalArgumentException("threads is " + threads + "; at least 1, the caller, must work");
    workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) workers[i] = new Worker(i + 1, factory);
    try {
      for (Worker worker : workers) worker.thread.start();
    } catch (Throwable failure) {
      close();
      throw failure;
    }
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
   * Does all parts of a task and returns when the last is done. What a part throws, this throws; if several do, one of them.
   *
   * @throws IllegalStateException if the workers are closed
   */
  public void run(Task work) {
    requireOpen();
    if (workers.length == 0 || !busy.compareAndSet(false, true)) {
      doAll(work);
      return;
    }
    try {
      requireOpen();
      long begin = System.nanoTime();
      if (begin - aloneUntil < 0) doAll(work);
      else share(work, begin);
    } finally {
      busy.set(false);
    }
  }

  private void doAll(Task work) {
    for (int part = 0; part < threads(); part++) work.run(part, threads());
  }

  private void requireOpen() {
    if (closed) throw new IllegalStateException("the workers are closed: their model was closed while still in use");
  }

  /** Only for the owner of {@code busy}. */
  private void share(Task work, long begin) {
    task = work;
    int now = call + 1;
    call = now; // publishes the task
    for (Worker worker : workers) worker.wake();
    attempt(0);
    for (Worker worker : workers) if (worker.take(now)) attempt(worker.part);
    long worked = System.nanoTime();
    for (Worker worker : workers) worker.awaitEnd(now);
    task = IDLE; // keeps nobody's buffers alive
    judge(begin, worked, System.nanoTime());
    rethrow(failure.getAndSet(null));
  }

  /** Goes on alone for a while if the others took so much longer; forgets earlier stalls after a good while together. */
  private void judge(long begin, long worked, long end) {
    if (end - worked > Math.max(STALL, worked - begin)) {
      aloneUntil = end + alone;
      alone = Math.min(2 * alone, MOST_ALONE);
    } else if (end - aloneUntil > 4 * alone) {
      alone = LEAST_ALONE;
    }
  }

  private void attempt(int part) {
    try {
      task.run(part, threads());
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
    }
  }

  private static void rethrow(@Nullable Throwable thrown) {
    switch (thrown) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }

  private static void rest(int spins) {
    if (spins < SPINS) Thread.onSpinWait();
    else Thread.yield(); // more threads than processors: the one waited for may need this one's
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
    private final int part;
    private final Thread thread;
    /** Twice the number of the last call this part is done in, by whomever; one less while the worker is at it. */
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean asleep;

    Worker(int part, ThreadFactory factory) {
      this.part = part;
      thread = factory.newThread(this);
    }

    @Override
    public void run() {
      for (int last = 0; awaitCall(last);) {
        last = call;
        if (done.compareAndSet(2 * last - 2, 2 * last - 1)) {
          attempt(part);
          done.set(2 * last);
        }
      }
    }

    /** True when there was a call after the last one seen, false when there will be none. */
    private boolean awaitCall(int last) {
      for (int spins = 0; call == last; spins++) {
        if (closed) return false;
        if (spins < SPINS) Thread.onSpinWait();
        else sleep(last);
      }
      return true;
    }

    private void sleep(int last) {
      asleep = true; // before looking again: who calls looks at it after calling
      if (call == last && !closed) LockSupport.park(Workers.this);
      Thread.interrupted(); // or park would not sleep any more
      asleep = false;
    }

    void wake() {
      if (asleep) LockSupport.unpark(thread);
    }

    /** For the caller: true if the worker has not begun, and now will not. */
    boolean take(int now) {
      return done.compareAndSet(2 * now - 2, 2 * now);
    }

    void awaitEnd(int now) {
      for (int spins = 0; done.get() != 2 * now; spins++) rest(spins);
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
