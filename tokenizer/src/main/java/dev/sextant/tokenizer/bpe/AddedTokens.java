package dev.sextant.tokenizer.bpe;

import dev.sextant.tokenizer.Recognition;
import dev.sextant.tokenizer.normalize.Normalizer;
import dev.sextant.tokenizer.text.Aligned;
import dev.sextant.tokenizer.text.CharClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The added tokens of a tokenizer, and the search for them. Immutable. */
public final class AddedTokens {
  private final Map<Integer, AddedToken> byId = new HashMap<>();
  private final Map<String, AddedToken> byContent = new HashMap<>();
  private final TokenTrie raw;
  private final TokenTrie normalized;

  /** The tokens, ids and contents all different; those to be searched in normalized text are normalized here. */
  public AddedTokens(List<AddedToken> tokens, Normalizer normalizer) {
    List<AddedToken> plain = new ArrayList<>();
    List<AddedToken> folded = new ArrayList<>();
    for (AddedToken token : tokens) {
      byId.put(token.id(), token);
      byContent.put(token.content(), token);
      (token.normalized() ? folded : plain).add(token);
    }
    raw = new TokenTrie(plain, plain.stream().map(AddedToken::content).toList());
    normalized = new TokenTrie(folded, folded.stream()
        .map(token -> normalizer.normalize(Aligned.of(token.content(), 0, token.content().length())).text()).toList());
  }

  public @Nullable AddedToken byId(int id) {
    return byId.get(id);
  }

  public @Nullable AddedToken byContent(String content) {
    return byContent.get(content);
  }

  public Iterable<AddedToken> all() {
    return byId.values();
  }

  /** Receives the parts of a text from left to right. */
  public interface Parts {
    /** An added token, perhaps with white space it swallowed. */
    void token(AddedToken token, int from, int to);

    /** Text without added tokens; never empty. */
    void text(int from, int to);
  }

  /** Cuts raw text at the tokens that are searched there. */
  public void splitRaw(String text, Recognition recognition, Parts parts) {
    split(raw, text, recognition, parts);
  }

  /** Cuts normalized text at the tokens that are searched there. */
  public void splitNormalized(String text, Recognition recognition, Parts parts) {
    split(normalized, text, recognition, parts);
  }

  private static void split(TokenTrie trie, String text, Recognition recognition, Parts parts) {
    int done = 0;
    int searched = 0;
    for (TokenTrie.Match match = trie.find(text, 0); match != null; match = trie.find(text, searched)) {
      searched = match.to();
      AddedToken token = match.token();
      if (!recognition.finds(token.special()) || token.singleWord() && touchesWord(text, match)) {
        continue;
      }
      int from = token.stripLeft() ? Math.max(spaceBefore(text, match.from()), done) : match.from();
      int to = token.stripRight() ? spaceBehind(text, match.to()) : match.to();
      if (done < from) {
        parts.text(done, from);
      }
      parts.token(token, from, to);
      done = to;
    }
    if (done < text.length()) {
      parts.text(done, text.length());
    }
  }

  private static boolean touchesWord(String text, TokenTrie.Match match) {
    return match.from() > 0 && CharClass.isWord(text.codePointBefore(match.from()))
        || match.to() < text.length() && CharClass.isWord(text.codePointAt(match.to()));
  }

  private static int spaceBefore(String text, int at) {
    int from = at;
    while (from > 0 && CharClass.isSpace(text.charAt(from - 1))) {
      from--;
    }
    return from;
  }

  private static int spaceBehind(String text, int at) {
    int to = at;
    while (to < text.length() && CharClass.isSpace(text.charAt(to))) {
      to++;
    }
    return to;
  }
}
