package dev.sextant.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a benchmark moved and computed, shown per second beside its own score. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Rates {
  /** Bytes of weights or cache read, in units of 10^9. */
  public double gigabytes;
  /** Floating point operations, a multiply-add counted as two, in units of 10^9. */
  public double gigaflops;

  @Setup(Level.Iteration)
  public void reset() {
    gigabytes = 0;
    gigaflops = 0;
  }

  void add(double bytes, double operations) {
    gigabytes += bytes / 1e9;
    gigaflops += operations / 1e9;
  }
}
