package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  @Test
  void shortWorkLeavesNoTraceAndLongWorkABarThatVanishes() {
    AtomicLong nanos = new AtomicLong();
    StringWriter text = new StringWriter();
    ProgressBar bar = new ProgressBar("loading", new PrintWriter(text), nanos::get);
    bar.accept(0.5);
    bar.accept(1);
    assertEquals("", text.toString());
    nanos.set(2_000_000_000);
    bar.accept(0.25);
    assertEquals("\r\u001b[Kloading " + "█".repeat(10) + " ".repeat(30) + " 25%", text.toString());
    bar.accept(1);
    assertEquals("\r\u001b[K", text.toString().substring(text.toString().lastIndexOf('\r')));
  }
}
