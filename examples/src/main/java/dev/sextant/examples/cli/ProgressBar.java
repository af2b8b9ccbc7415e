package dev.sextant.examples.cli;

import dev.sextant.report.text.Bars;
import java.io.PrintWriter;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/** A bar on a terminal for work that takes longer than a second; shorter work leaves no trace. */
final class ProgressBar implements DoubleConsumer {
  private static final long PATIENCE_NANOS = 1_000_000_000;
  private static final int WIDTH = 40;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final String work;
  private final PrintWriter err;
  private final LongSupplier clock;
  private final long start;
  private boolean drawn;

  /**
   * @param work what is done
   * @param clock tells nanoseconds
   */
  ProgressBar(String work, PrintWriter err, LongSupplier clock) {
    this.work = work;
    this.err = err;
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  /** So much is done, from 0 to 1; at 1 the bar vanishes. */
  @Override
  public void accept(double done) {
    if (done >= 1) clear();
    else if (clock.getAsLong() - start > PATIENCE_NANOS) draw(done);
  }

  private void draw(double done) {
    drawn = true;
    String bar = Bars.bar(done, WIDTH);
    err.print(CLEAR_LINE + work + " " + bar + " ".repeat(WIDTH - bar.length()) + " " + Math.round(100 * done) + "%");
    err.flush();
  }

  /** The bar vanishes, if one was drawn. */
  void clear() {
    if (!drawn) return;
    err.print(CLEAR_LINE);
    err.flush();
    drawn = false;
  }
}
