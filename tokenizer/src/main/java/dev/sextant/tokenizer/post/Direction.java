package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.json.Json;

/** The side on which truncation and padding happen. */
final class Direction {
  private Direction() {}

  /** Reads {@code direction}, {@code "Left"} or {@code "Right"}; the latter if it is missing. */
  static boolean isLeft(Json json) {
    if (!json.has("direction")) {
      return false;
    }
    Json direction = json.get("direction");
    return switch (direction.text()) {
      case "Left" -> true;
      case "Right" -> false;
      default -> throw direction.unsupported("direction", direction.text());
    };
  }
}
