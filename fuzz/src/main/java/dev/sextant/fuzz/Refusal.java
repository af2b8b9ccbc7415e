package dev.sextant.fuzz;

/** What an exception of ours must be: short and tame enough to be logged, and clear about which file it means. */
final class Refusal {
  private static final int LONGEST = 2_000;

  private Refusal() {}

  static void require(RuntimeException refusal, String place) {
    String message = refusal.getMessage();
    if (message == null || message.length() > LONGEST || !message.contains(place)
        || message.chars().anyMatch(Character::isISOControl)) {
      throw new AssertionError("a refusal that does not help: " + message, refusal);
    }
  }
}
