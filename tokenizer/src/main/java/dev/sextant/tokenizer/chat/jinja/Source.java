package dev.sextant.tokenizer.chat.jinja;

import dev.sextant.tokenizer.chat.ChatTemplateException;

/**
 * The text of a template, its line breaks made one, one line break at the end dropped.
 *
 * @param name what messages call the template, such as its file
 */
record Source(String name, String text) {
  /** Ten times the longest template known. */
  private static final int LONGEST = 1 << 20;

  static Source of(String name, String template) {
    if (template.length() > LONGEST) {
      throw new ChatTemplateException(
          name + ": the template has " + template.length() + " characters; at most " + LONGEST + " are read");
    }
    String text = oneLineBreak(template);
    return new Source(name, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
  }

  static String oneLineBreak(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  ChatTemplateException error(int at, String reason) {
    int line = 1;
    int lineStart = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
    int column = at - lineStart + 1;
    return new ChatTemplateException(name + ": line " + line + ", column " + column + ": " + reason, line, column);
  }
}
