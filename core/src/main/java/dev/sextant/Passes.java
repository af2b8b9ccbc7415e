package dev.sextant;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Counts the passes that read a model's weights, so that the memory goes only after the last of them: unmapping under
 * running vector code would bring down the virtual machine.
 */
final class Passes {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean closed;

  /** A pass begins; the caller must {@link #end()} it. */
  void begin() {
    // Never waits: behind a close under way, a pass that another pass waits for would wait for ever.
    if (!lock.readLock().tryLock()) throw new ModelClosedException();
    if (closed) {
      lock.readLock().unlock();
      throw new ModelClosedException();
    }
  }

  void end() {
    lock.readLock().unlock();
  }

  /** Called between blocks: a pass stops there once the model is being closed. */
  void check() {
    if (closed) throw new ModelClosedException();
  }

  /** Lets no further pass begin, waits until running ones have stopped, then releases. Does nothing the second time. */
  void close(Runnable release) {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException("a model cannot be closed from inside one of its own passes");
    }
    closed = true;
    lock.writeLock().lock();
    try {
      release.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }
}
