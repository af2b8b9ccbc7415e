package dev.sextant.tokenizer.decode;

import dev.sextant.tokenizer.text.LiteralPattern;
import dev.sextant.tokenizer.text.TextPattern;

/**
 * Replaces every match within a token by a fixed text. Of a token that comes in fragments, whatever can no longer
 * be part of a match is passed on at once; with a regular expression, nothing before its end.
 */
final class ReplaceStage implements Stage {
  private final Stage next;
  private final TextPattern pattern;
  private final String content;
  private final StringBuilder held = new StringBuilder();

  ReplaceStage(Stage next, TextPattern pattern, String content) {
    this.next = next;
    this.pattern = pattern;
    this.content = content;
  }

  @Override
  public void text(String fragment) {
    held.append(fragment);
    if (pattern instanceof LiteralPattern(String literal)) {
      pass(certain(literal));
    }
  }

  /** How much of the held text ends before anything that may yet become a match. */
  private int certain(String literal) {
    int end = 0; // behind the last match
    for (int at = held.indexOf(literal); at >= 0 && !literal.isEmpty(); at = held.indexOf(literal, end)) {
      end = at + literal.length();
    }
    int keep = Math.min(literal.length() - 1, held.length() - end);
    while (keep > 0 && !literal.startsWith(held.substring(held.length() - keep))) {
      keep--;
    }
    return held.length() - Math.max(keep, 0);
  }

  @Override
  public void endToken() {
    pass(held.length());
    next.endToken();
  }

  @Override
  public void end() {
    next.end();
  }

  private void pass(int length) {
    StringBuilder replaced = new StringBuilder();
    String text = held.substring(0, length);
    held.delete(0, length);
    pattern.segment(text, 0, length, (from, to, match) -> replaced.append(match ? content : text.substring(from, to)));
    next.text(replaced.toString());
  }
}
