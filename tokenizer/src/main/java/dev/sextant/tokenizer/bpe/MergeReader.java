package dev.sextant.tokenizer.bpe;

import com.fasterxml.jackson.core.JsonToken;
import dev.sextant.tokenizer.json.JsonInput;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads merges: all texts {@code "a b"} or all pairs {@code ["a", "b"]}. There are half a million in a large file; none
 * becomes an object.
 */
final class MergeReader {
  private static final int UNKNOWN = -1;

  private int[] merges = new int[3 * 256]; // left, right, and what they make without a continuing prefix
  private int count;
  private char[] parts = new char[256]; // both parts of the current merge
  private int middle; // where the right one begins
  private int end;
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
        readParts(input);
        add(vocabulary);
      } catch (BadMerge e) {
        throw input.error("model.merges: " + e.getMessage());
      }
    }
  }

  private void readParts(JsonInput input) throws BadMerge {
    end = 0;
    switch (input.current()) {
      case VALUE_STRING -> {
        append(input);
        splitAtSpace();
      }
      case START_ARRAY -> {
        middle = appendPart(input);
        if (appendPart(input) == middle || middle == 0) {
          throw new BadMerge("a part of the merge '" + shown() + "' is empty");
        }
        if (input.next() != JsonToken.END_ARRAY) {
          throw new BadMerge("a merge of more than two parts: '" + shown() + " " + input.spelled() + "'");
        }
      }
      case null, default -> throw new BadMerge("a merge is a text \"a b\" or a pair [\"a\", \"b\"], found "
          + input.spelled());
    }
  }

  private int appendPart(JsonInput input) throws BadMerge {
    if (input.next() != JsonToken.VALUE_STRING) {
      throw new BadMerge("a merge is a pair of two texts, found " + input.spelled());
    }
    append(input);
    return end;
  }

  private void append(JsonInput input) {
    int length = input.textLength();
    if (end + length > parts.length) {
      parts = Arrays.copyOf(parts, 2 * (end + length));
    }
    input.copyText(parts, end);
    end += length;
  }

  /** Reads a merge written as two parts with a space between, one of a file of its own. */
  void readLine(String line, Vocabulary vocabulary) throws BadMerge {
    parts = line.toCharArray();
    end = parts.length;
    splitAtSpace();
    add(vocabulary);
  }

  private void splitAtSpace() throws BadMerge {
    int space = indexOfSpace(0);
    if (space <= 0 || space == end - 1 || indexOfSpace(space + 1) >= 0) {
      throw new BadMerge("the merge '" + new String(parts, 0, end) + "' is not two parts with one space between them");
    }
    System.arraycopy(parts, space + 1, parts, space, end - space - 1);
    middle = space;
    end--;
  }

  private int indexOfSpace(int from) {
    for (int i = from; i < end; i++) {
      if (parts[i] == ' ') {
        return i;
      }
    }
    return -1;
  }

  private void add(@Nullable Vocabulary vocabulary) throws BadMerge {
    if (vocabulary == null) {
      early.add(new String[] {new String(parts, 0, middle), new String(parts, middle, end - middle)});
      return;
    }
    int left = vocabulary.id(parts, 0, middle);
    int right = vocabulary.id(parts, middle, end);
    if (left < 0 || right < 0) {
      throw new BadMerge("the " + (left < 0 ? "left" : "right") + " part of the merge '" + shown()
          + "' is not in the vocabulary");
    }
    if (3 * count == merges.length) {
      merges = Arrays.copyOf(merges, 2 * merges.length);
    }
    merges[3 * count] = left;
    merges[3 * count + 1] = right;
    merges[3 * count + 2] = vocabulary.id(parts, 0, end);
    count++;
  }

  private String shown() {
    return new String(parts, 0, middle) + " " + new String(parts, middle, end - middle);
  }

  /** The table of all merges; what a merge makes is its left part and its right part without the continuing prefix. */
  MergeTable table(Vocabulary vocabulary, String continuingPrefix) throws BadMerge {
    for (String[] merge : early) {
      readEarly(merge, vocabulary);
    }
    MergeTable table = new MergeTable(count);
    for (int rank = 0; rank < count; rank++) {
      int left = merges[3 * rank];
      int right = merges[3 * rank + 1];
      int id = merges[3 * rank + 2];
      if (id == UNKNOWN || !continuingPrefix.isEmpty()) {
        id = idWithoutPrefix(vocabulary.token(left), vocabulary.token(right), vocabulary, continuingPrefix);
      }
      table.put(left, right, rank, id);
    }
    return table;
  }

  private void readEarly(String[] merge, Vocabulary vocabulary) throws BadMerge {
    parts = (merge[0] + merge[1]).toCharArray();
    middle = merge[0].length();
    end = parts.length;
    add(vocabulary);
  }

  private static int idWithoutPrefix(@Nullable String left, @Nullable String right, Vocabulary vocabulary,
      String prefix) throws BadMerge {
    if (right == null || !right.startsWith(prefix)) {
      throw new BadMerge("the right part of the merge '" + left + " " + right + "' lacks the prefix '" + prefix + "'");
    }
    String merged = left + right.substring(prefix.length());
    int id = vocabulary.id(merged);
    if (id < 0) {
      throw new BadMerge("the merge '" + left + " " + right + "' makes '" + merged
          + "', which is not in the vocabulary");
    }
    return id;
  }
}
