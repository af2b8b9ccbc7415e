package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void everyPartIsDoneOncePerCall(int threads) {
    try (Workers workers = new Workers(threads)) {
      int[] done = new int[threads]; // plain: run must make the parts' writes visible to the caller
      for (int call = 1; call <= 3000; call++) {
        workers.run((part, parts) -> done[part] += parts);
        for (int d : done) assertEquals(call * threads, d);
      }
    }
  }

  @Test
  void partsRunOnDifferentThreads() {
    try (Workers workers = new Workers(3)) {
      Thread[] threads = threadsOf(workers);
      assertSame(Thread.currentThread(), threads[0], "the caller works too");
      assertEquals(3, Set.of(threads).size());
      assertTrue(threads[1].isDaemon() && threads[2].isDaemon());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void whatAPartThrowsReachesTheCaller(int thrower) {
    try (Workers workers = new Workers(3)) {
      RuntimeException thrown = new RuntimeException("part " + thrower);
      for (int i = 0; i < 50; i++) {
        assertSame(thrown, assertThrows(RuntimeException.class, () -> workers.run((part, parts) -> {
          if (part == thrower) throw thrown;
        })));
        workers.run((part, parts) -> {}); // still at work, and the failure is forgotten
      }
      assertThrows(StackOverflowError.class, () -> workers.run((part, parts) -> {
        if (part == thrower) throw new StackOverflowError();
      }));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The threads of all parts, each waiting for the others to begin. */
  private static Thread[] threadsOf(Workers workers) {
    Thread[] threads = new Thread[workers.threads()];
    CountDownLatch begun = new CountDownLatch(threads.length);
    workers.run((part, parts) -> {
      threads[part] = Thread.currentThread();
      begun.countDown();
      await(begun);
    });
    return threads;
  }

  @Test
  void workersThatSleepWakeUp() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      AtomicIntegerArray done = new AtomicIntegerArray(2);
      for (int i = 0; i < 20; i++) {
        Thread.sleep(5);
        workers.run((part, parts) -> done.incrementAndGet(part));
      }
      assertEquals(20, done.get(0));
      assertEquals(20, done.get(1));
    }
  }

  @Test
  void workersSleepWhenThereIsNothingToDo() throws InterruptedException {
    try (Workers workers = new Workers(2)) {
      Thread[] threads = threadsOf(workers);
      while (threads[1].getState() != Thread.State.WAITING) Thread.sleep(1); // or the timeout ends it
      threads[1].interrupt();
      AtomicInteger done = new AtomicInteger();
      workers.run((part, parts) -> done.incrementAndGet());
      assertEquals(2, done.get(), "the interrupt ends no worker");
      while (threads[1].getState() != Thread.State.WAITING) Thread.sleep(1);
      assertTrue(threads[1].isAlive());
    }
  }

  @Test
  void manyCallersAtOnceAllGetTheirResults() throws Exception {
    try (Workers workers = new Workers(3); ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int caller = 0; caller < 8; caller++) {
        results.add(callers.submit(() -> {
          int[] done = new int[3];
          for (int call = 0; call < 500; call++) workers.run((part, parts) -> done[part]++);
          return IntStream.of(done).allMatch(d -> d == 500);
        }));
      }
      for (Future<Boolean> result : results) assertTrue(result.get());
    }
  }

  @Test
  void aPartMayCallTheWorkersAgain() {
    try (Workers workers = new Workers(2)) {
      AtomicIntegerArray done = new AtomicIntegerArray(2);
      workers.run((part, parts) -> workers.run((inner, all) -> done.incrementAndGet(inner)));
      assertEquals(2, done.get(0));
      assertEquals(2, done.get(1));
    }
  }

  @Test
  void whenAWorkerStallsTheCallerGoesOnAlone() {
    Thread caller = Thread.currentThread();
    try (Workers workers = new Workers(2)) {
      boolean alone = false;
      for (int tries = 0; tries < 100 && !alone; tries++) {
        workers.run((part, parts) -> {
          if (Thread.currentThread() != caller) LockSupport.parkNanos(20_000_000);
        });
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        workers.run((part, parts) -> {
          threads.add(Thread.currentThread());
          LockSupport.parkNanos(1_000_000); // time enough for a worker to take its part
        });
        alone = threads.equals(Set.of(caller));
      }
      assertTrue(alone, "the stalled worker is waited for again and again");
    }
  }

  @Test
  void closeEndsTheThreads() {
    Workers workers = new Workers(3);
    Thread[] threads = threadsOf(workers);
    workers.close();
    assertFalse(threads[1].isAlive());
    assertFalse(threads[2].isAlive());
    workers.close();
    assertThrows(IllegalStateException.class, () -> workers.run((part, parts) -> {}));
    assertThrows(IllegalArgumentException.class, () -> new Workers(0));
  }

  @Test
  void whenTheSystemStartsNoMoreThreadsNoneIsLeft() {
    List<Thread> started = new ArrayList<>();
    OutOfMemoryError full = new OutOfMemoryError("unable to create native thread");
    ThreadFactory factory = work -> new Thread(work) {
      @Override
      public void start() {
        if (started.size() == 2) throw full;
        setDaemon(true);
        super.start();
        started.add(this);
      }
    };
    assertSame(full, assertThrows(OutOfMemoryError.class, () -> new Workers(5, factory)));
    assertEquals(2, started.size());
    for (Thread thread : started) assertFalse(thread.isAlive());
  }

  @Test
  void closeWaitsForTheTaskUnderWay() throws InterruptedException {
    Workers workers = new Workers(2);
    AtomicIntegerArray done = new AtomicIntegerArray(3);
    Thread caller = Thread.ofVirtual().start(() -> workers.run((part, parts) -> {
      done.set(2, 1);
      pause();
      done.incrementAndGet(part);
    }));
    while (done.get(2) == 0) Thread.onSpinWait();
    workers.close();
    caller.join();
    assertEquals(1, done.get(0));
    assertEquals(1, done.get(1));
  }

  private static void pause() {
    try {
      Thread.sleep(30);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
