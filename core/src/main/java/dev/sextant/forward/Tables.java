package dev.sextant.forward;

import dev.sextant.architecture.Rotary;
import dev.sextant.kernel.RotaryTable;
import org.jspecify.annotations.Nullable;

/** The rotary tables of a pass: layers that share their settings share one. At most two kinds of layers rotate differently. */
final class Tables {
  private final Slot[] slots = {new Slot(), new Slot()};

  private static final class Slot {
    @Nullable
    Rotary rotary;
    @Nullable
    RotaryTable table;
    boolean current;
  }

  /** The table for some positions; made once in a pass. */
  RotaryTable get(Rotary rotary, int first, int count, int total) {
    Slot slot = slots[0].rotary == null || slots[0].rotary == rotary ? slots[0] : slots[1];
    RotaryTable table = slot.table;
    if (table == null || !slot.current || slot.rotary != rotary) {
      table = rotary.table(first, count, total, table);
      slot.rotary = rotary;
      slot.table = table;
      slot.current = true;
    }
    return table;
  }

  /** Other positions come. */
  void forget() {
    for (Slot slot : slots) slot.current = false;
  }
}
