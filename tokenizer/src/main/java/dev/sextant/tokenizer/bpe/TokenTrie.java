package dev.sextant.tokenizer.bpe;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the longest of many texts at a place of a text. Immutable once built. */
final class TokenTrie {
  private final Node root = new Node();
  private final long[] firsts = new long[1024]; // a bit for every unit that begins a token

  TokenTrie(List<AddedToken> tokens, List<String> spellings) {
    for (int i = 0; i < tokens.size(); i++) {
      if (!spellings.get(i).isEmpty()) {
        add(tokens.get(i), spellings.get(i));
      }
    }
  }

  /** The first match from {@code from} on, leftmost, then longest; null if there is none. */
  @Nullable
  Match find(String text, int from) {
    if (root.size == 0) {
      return null;
    }
    if (root.size == 1) {
      return findAfter(root.units[0], text, from);
    }
    for (int start = from; start < text.length(); start++) {
      char c = text.charAt(start);
      if ((firsts[c >> 6] & 1L << (c & 63)) != 0) {
        Match match = longest(text, start);
        if (match != null) {
          return match;
        }
      }
    }
    return null;
  }

  /** The search where all tokens begin with the same unit, which is common: {@code <}. */
  private @Nullable Match findAfter(char first, String text, int from) {
    Match match = null;
    for (int start = text.indexOf(first, from); start >= 0 && match == null; start = text.indexOf(first, start + 1)) {
      match = longest(text, start);
    }
    return match;
  }

  private @Nullable Match longest(String text, int start) {
    Match longest = null;
    Node node = root;
    for (int i = start; i < text.length(); i++) {
      node = node.next(text.charAt(i));
      if (node == null) {
        break;
      }
      if (node.token != null) {
        longest = new Match(node.token, start, i + 1);
      }
    }
    return longest;
  }

  private void add(AddedToken token, String spelling) {
    firsts[spelling.charAt(0) >> 6] |= 1L << (spelling.charAt(0) & 63);
    Node node = root;
    for (char c : spelling.toCharArray()) {
      node = node.nextOrNew(c);
    }
    if (node.token == null) { // of two that are spelled alike the first counts
      node.token = token;
    }
  }

  /** A token and where it lies. */
  record Match(AddedToken token, int from, int to) {}

  private static final class Node {
    private char[] units = new char[1]; // rising
    private @Nullable Node[] nodes = new @Nullable Node[1];
    private int size;
    private @Nullable AddedToken token;

    @Nullable
    Node next(char unit) {
      int at = Arrays.binarySearch(units, 0, size, unit);
      return at < 0 ? null : nodes[at];
    }

    Node nextOrNew(char unit) {
      Node known = next(unit);
      if (known != null) {
        return known;
      }
      int at = -1 - Arrays.binarySearch(units, 0, size, unit);
      if (size == units.length) {
        units = Arrays.copyOf(units, 2 * size);
        nodes = Arrays.copyOf(nodes, 2 * size);
      }
      System.arraycopy(units, at, units, at + 1, size - at);
      System.arraycopy(nodes, at, nodes, at + 1, size - at);
      size++;
      units[at] = unit;
      Node node = new Node();
      nodes[at] = node;
      return node;
    }
  }
}
