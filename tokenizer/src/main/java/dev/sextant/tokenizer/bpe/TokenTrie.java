package dev.sextant.tokenizer.bpe;

import java.util.List;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the longest of many texts at a place of a text. Immutable once built. */
final class TokenTrie {
  private final Node root = new Node();
  private boolean empty = true;
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
    for (int start = empty ? text.length() : from; start < text.length(); start++) {
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

  private @Nullable Match longest(String text, int start) {
    Match longest = null;
    Node node = root;
    for (int i = start; i < text.length(); i++) {
      node = node.next.get(text.charAt(i));
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
    empty = false;
    firsts[spelling.charAt(0) >> 6] |= 1L << (spelling.charAt(0) & 63);
    Node node = root;
    for (char c : spelling.toCharArray()) {
      node = node.next.computeIfAbsent(c, key -> new Node());
    }
    if (node.token == null) { // of two that are spelled alike the first counts
      node.token = token;
    }
  }

  /** A token and where it lies. */
  record Match(AddedToken token, int from, int to) {}

  private static final class Node {
    private final Map<Character, Node> next = new HashMap<>(4);
    private @Nullable AddedToken token;
  }
}
