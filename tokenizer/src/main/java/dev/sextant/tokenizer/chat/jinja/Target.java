package dev.sextant.tokenizer.chat.jinja;

import java.util.List;

/** Where an assignment or a loop puts a value. */
sealed interface Target {
  record Variable(String name) implements Target {}

  /** {@code namespace.attribute}. */
  record NamespaceAttribute(String namespace, String attribute) implements Target {}

  /** A sequence is taken apart. */
  record Several(List<Target> targets) implements Target {}
}
