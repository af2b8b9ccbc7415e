package dev.sextant.tokenizer.chat;

import dev.sextant.tokenizer.text.Printable;
import java.io.Serial;

/**
 * A chat template that cannot be read, asks for something unsupported, or fails on the conversation it is given; the
 * message names the template, the line and column, and the reason.
 */
public final class ChatTemplateException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1;

  /** Where in the template, counted from 1; 0 where no place is to blame. */
  private final int line;

  private final int column;

  public ChatTemplateException(String message) {
    this(message, 0, 0);
  }

  public ChatTemplateException(String message, int line, int column) {
    super(Printable.message(message));
    this.line = line;
    this.column = column;
  }

  public ChatTemplateException(String message, Throwable cause) {
    super(Printable.message(message), cause);
    this.line = 0;
    this.column = 0;
  }

  /** The line of the template, counted from 1; 0 where no place in the template is to blame. */
  public int line() {
    return line;
  }

  /** The column in UTF-16 units, counted from 1; 0 where no place in the template is to blame. */
  public int column() {
    return column;
  }
}
