package dev.sextant.tokenizer.text;

import dev.sextant.tokenizer.json.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Any other regular expression, translated from Oniguruma's language to Java's. Bounded: an expression that backtracks
 * without end, or too deep, is an error.
 */
public final class RegexPattern implements TextPattern {
  /** {@code \s}, {@code \d}, {@code \w} mean Unicode's; {@code .}, {@code ^} and {@code $} know only the line feed. */
  private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.MULTILINE | Pattern.UNIX_LINES;
  private static final int LONGEST = 20_000;

  private final Json place;
  private final Pattern pattern;
  /** For messages. */
  private final String shown;

  private RegexPattern(Json place, Pattern pattern, String shown) {
    this.place = place;
    this.pattern = pattern;
    this.shown = shown;
  }

  /** Compiles an expression; the place is for the message if it cannot be, or does not get on with a text. */
  public static RegexPattern compile(String source, Json place) {
    if (source.length() > LONGEST) {
      throw place.error("a pattern of " + source.length() + " characters; the limit is " + LONGEST);
    }
    try {
      return new RegexPattern(place, Pattern.compile(Oniguruma.toJava(source), FLAGS),
          "the pattern '" + shortened(source) + "'");
    } catch (PatternSyntaxException | StackOverflowError e) {
      String reason = e instanceof PatternSyntaxException syntax ? syntax.getDescription() : "nested too deeply";
      throw place.error("the pattern '" + source + "' is not understood: " + reason);
    }
  }

  @Override
  public void segment(String text, int from, int to, Segments segments) {
    Matcher matcher = pattern.matcher(new BoundedText(text, from, to));
    int done = from;
    while (find(matcher)) {
      int start = from + matcher.start();
      if (start > done) {
        segments.segment(done, start, false);
      }
      done = from + matcher.end();
      segments.segment(start, done, true);
    }
    if (done < to) {
      segments.segment(done, to, false);
    }
  }

  private boolean find(Matcher matcher) {
    try {
      return matcher.find();
    } catch (StackOverflowError e) {
      throw place.error(shown + " nests too deeply on this text");
    }
  }

  private static String shortened(String source) {
    return source.length() > 80 ? source.substring(0, 80) + "…" : source;
  }

  /** A range of a text that counts how often it is read, so that catastrophic backtracking ends in an error. */
  private final class BoundedText implements CharSequence {
    private static final long STEPS = 100_000_000;
    private static final long STEPS_PER_CHARACTER = 500;

    private final String text;
    private final int from;
    private final int to;
    private long left;

    BoundedText(String text, int from, int to) {
      this.text = text;
      this.from = from;
      this.to = to;
      left = STEPS + STEPS_PER_CHARACTER * (to - from);
    }

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw place.error(shown + " backtracks without end on this text");
      }
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(from + start, from + end);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
