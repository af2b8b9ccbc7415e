package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.RenderLimits;
import java.util.List;

/** Counts what one rendering does and ends it where it goes beyond its limits. Not safe for threads. */
final class Budget {
  /** Operations inside each other; chosen so that half a megabyte of stack is enough. */
  private static final int DEPTH = 500;

  private static final int CHARACTERS_PER_STEP = 64;
  private static final int VALUES_PER_STEP = 16;

  private final RenderLimits limits;
  private long steps;
  private int depth;

  Budget(RenderLimits limits) {
    this.limits = limits;
  }

  void enter() {
    enter(1);
  }

  /** Goes deeper, by more than one where more of the stack is taken. */
  void enter(int levels) {
    spend(1);
    depth += levels;
    if (depth > DEPTH) {
      throw new Failure("operations nest deeper than " + DEPTH);
    }
  }

  void leave() {
    leave(1);
  }

  void leave(int levels) {
    depth -= levels;
  }

  void spend(long count) {
    steps += count;
    if (steps > limits.steps()) {
      throw new Failure("the rendering takes more than " + limits.steps() + " steps");
    }
  }

  /** Fails for a text longer than the longest allowed. */
  void fits(long length) {
    if (length > limits.characters()) {
      throw new Failure("a text of more than " + limits.characters() + " characters");
    }
  }

  /** Accounts for a text about to be made, or just made from texts already accounted for. */
  void characters(long count) {
    fits(count);
    spend(count / CHARACTERS_PER_STEP);
  }

  /** Accounts for an operation that may look through a whole value. */
  void touch(Object value) {
    switch (value) {
      case String text -> spend(text.length() / CHARACTERS_PER_STEP);
      case Markup markup -> spend(markup.text().length() / CHARACTERS_PER_STEP);
      case List<?> list -> spend(list.size() / VALUES_PER_STEP);
      case Dict dict -> spend(dict.size() / VALUES_PER_STEP);
      default -> {}
    }
  }

  /** Accounts for a list about to be made. */
  void values(long count) {
    fits(count);
    spend(count / VALUES_PER_STEP);
  }
}
