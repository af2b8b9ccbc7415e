package dev.sextant.tokenizer.bpe;

import com.fasterxml.jackson.core.JsonToken;
import dev.sextant.tokenizer.json.JsonInput;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads merges: all texts {@code "a b"} or all pairs {@code ["a", "b"]}, kept as ids where the vocabulary is known. */
final class MergeReader {
  private int[] pairs = new int[4096];
  private int count;
  private final List<String[]> early = new ArrayList<>(); // read before the vocabulary

  /** A merge that cannot be; the message says which and why. */
  static final class BadMerge extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    BadMerge(String message) {
      super(message, null, false, false);
    }
  }

  /** Reads the list that the input stands on; the vocabulary is null if it comes later. */
  void read(JsonInput input, @Nullable Vocabulary vocabulary) {
    input.expect(JsonToken.START_ARRAY, "model: 'merges' must be a list");
    JsonToken form = input.next();
    if (form == JsonToken.VALUE_STRING && input.text().startsWith("#version")) {
      input.next(); // a comment of old files
    }
    for (; input.current() != JsonToken.END_ARRAY; input.next()) {
      if (input.current() != form) {
        throw input.error("model.merges: texts \"a b\" and pairs [\"a\", \"b\"] are mixed");
      }
      try {
        add(input, vocabulary);
      } catch (BadMerge e) {
        throw input.error("model.merges: " + e.getMessage());
      }
    }
  }

  private void add(JsonInput input, @Nullable Vocabulary vocabulary) throws BadMerge {
    switch (input.current()) {
      case VALUE_STRING -> addText(input.text(), vocabulary);
      case START_ARRAY -> addPair(input, vocabulary);
      case null, default -> throw new BadMerge("a merge is a text \"a b\" or a pair [\"a\", \"b\"], found "
          + input.spelled());
    }
  }

  /** Adds a merge written as two parts with a space between. */
  void addText(String text, @Nullable Vocabulary vocabulary) throws BadMerge {
    int space = text.indexOf(' ');
    if (space <= 0 || space == text.length() - 1 || text.indexOf(' ', space + 1) >= 0) {
      throw new BadMerge("the merge '" + text + "' is not two parts with one space between them");
    }
    if (vocabulary == null) {
      early.add(new String[] {text.substring(0, space), text.substring(space + 1)});
    } else {
      add(text, vocabulary.id(text, 0, space), vocabulary.id(text, space + 1, text.length()));
    }
  }

  private void addPair(JsonInput input, @Nullable Vocabulary vocabulary) throws BadMerge {
    String left = part(input);
    String right = part(input);
    if (input.next() != JsonToken.END_ARRAY) {
      throw new BadMerge("a merge of more than two parts: '" + left + "', '" + right + "', …");
    }
    if (vocabulary == null) {
      early.add(new String[] {left, right});
    } else {
      add(left + " " + right, vocabulary.id(left), vocabulary.id(right));
    }
  }

  private static String part(JsonInput input) throws BadMerge {
    if (input.next() != JsonToken.VALUE_STRING || input.text().isEmpty()) {
      throw new BadMerge("a merge is a pair of two texts, neither empty; found " + input.spelled());
    }
    return input.text();
  }

  private void add(String merge, int left, int right) throws BadMerge {
    if (left < 0 || right < 0) {
      throw new BadMerge("the " + (left < 0 ? "left" : "right") + " part of the merge '" + merge
          + "' is not in the vocabulary");
    }
    if (2 * count == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * pairs.length);
    }
    pairs[2 * count] = left;
    pairs[2 * count + 1] = right;
    count++;
  }

  /** The table of all merges; what a merge makes is its left part and its right part without the continuing prefix. */
  MergeTable table(Vocabulary vocabulary, String continuingPrefix) throws BadMerge {
    for (String[] merge : early) {
      add(merge[0] + " " + merge[1], vocabulary.id(merge[0]), vocabulary.id(merge[1]));
    }
    MergeTable table = new MergeTable(count);
    for (int rank = 0; rank < count; rank++) {
      String left = vocabulary.token(pairs[2 * rank]);
      String right = vocabulary.token(pairs[2 * rank + 1]);
      if (!right.startsWith(continuingPrefix)) {
        throw new BadMerge("the right part of the merge '" + left + " " + right + "' lacks the prefix '"
            + continuingPrefix + "'");
      }
      String merged = left.concat(right.substring(continuingPrefix.length()));
      int id = vocabulary.id(merged);
      if (id < 0) {
        throw new BadMerge("the merge '" + left + " " + right + "' makes '" + merged
            + "', which is not in the vocabulary");
      }
      table.put(pairs[2 * rank], pairs[2 * rank + 1], rank, id);
    }
    return table;
  }
}
