package dev.sextant;

import dev.sextant.report.text.Visible;
import java.time.Duration;
import java.util.List;

/**
 * What was found when a model was opened.
 *
 * @param parameters trained numbers in all
 * @param mappedBytes bytes of weights that are used where the file lies in memory
 * @param copiedBytes bytes of weights that had to be brought into another form, off the heap
 * @param unusedTensors tensors of the file that the family has no use for (known buffers of older versions left out)
 * @param unreadKeys keys of config.json that nothing asked for and that are not known to change the numbers
 * @param duration time from call to return
 */
public record LoadReport(long parameters, long mappedBytes, long copiedBytes, List<String> unusedTensors,
    List<String> unreadKeys, Duration duration) {
  public LoadReport {
    unusedTensors = List.copyOf(unusedTensors);
    unreadKeys = List.copyOf(unreadKeys);
  }

  /** As records have it, but what is in a text cannot move a cursor. */
  @Override
  public String toString() {
    return "LoadReport[parameters=" + parameters + ", mappedBytes=" + mappedBytes + ", copiedBytes=" + copiedBytes
        + ", unusedTensors=" + quoted(unusedTensors) + ", unreadKeys=" + quoted(unreadKeys) + ", duration=" + duration
        + "]";
  }

  private static List<String> quoted(List<String> names) {
    return names.stream().map(Visible::quoted).toList();
  }
}
