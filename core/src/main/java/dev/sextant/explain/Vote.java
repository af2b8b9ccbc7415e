package dev.sextant.explain;

import java.util.Locale;

/**
 * What one part says.
 *
 * @param part who
 * @param value in logits: above 0 for token A, below 0 against it
 */
public record Vote(Part part, double value) {
  /** For people, who count from 1: "+1.23 layer 2, head 4". */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%+.2f %s", value, part.label());
  }
}
