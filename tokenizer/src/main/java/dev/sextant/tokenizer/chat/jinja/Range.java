package dev.sextant.tokenizer.chat.jinja;

/** Python's range: the numbers from start by step up to but not including stop; never more than {@link #LONGEST}. */
record Range(long start, long stop, long step) {

  /** As Jinja's sandbox has it. */
  static final int LONGEST = 100_000;

  Range {
    if (step == 0) {
      throw new Failure("range() arg 3 must not be zero");
    }
    if (size(start, stop, step) > LONGEST) {
      throw new Failure("range of more than " + LONGEST + " numbers");
    }
  }

  int size() {
    return (int) size(start, stop, step);
  }

  Long get(int index) {
    return start + index * step;
  }

  private static double size(long start, long stop, long step) {
    double distance = step > 0 ? (double) stop - start : (double) start - stop;
    return distance <= 0 ? 0 : Math.ceil(distance / Math.abs((double) step));
  }
}
