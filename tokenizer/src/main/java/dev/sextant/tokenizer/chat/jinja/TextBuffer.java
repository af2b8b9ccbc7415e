package dev.sextant.tokenizer.chat.jinja;

/** A text that grows within a budget. */
final class TextBuffer {
  private final Budget budget;
  private final StringBuilder text = new StringBuilder();

  TextBuffer(Budget budget) {
    this.budget = budget;
  }

  TextBuffer append(String more) {
    budget.characters(more.length());
    budget.fits((long) text.length() + more.length());
    text.append(more);
    return this;
  }

  TextBuffer append(char more) {
    budget.fits(text.length() + 1L);
    text.append(more);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
