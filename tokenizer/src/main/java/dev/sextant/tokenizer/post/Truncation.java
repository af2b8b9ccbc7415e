package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts texts that have too many tokens, before special tokens are added. Immutable.
 *
 * @param maxLength how many tokens may be left, special ones included
 * @param stride how many tokens a part that was cut off shares with the one before it; less than the tokens left
 * @param strategy which of two texts is cut
 * @param atStart whether the beginning is cut off rather than the end
 */
public record Truncation(int maxLength, int stride, Strategy strategy, boolean atStart) {

  /** Which of two texts is cut. */
  enum Strategy {
    LONGEST_FIRST, ONLY_FIRST, ONLY_SECOND
  }

  /** Reads {@code truncation} of a tokenizer.json; a null value is none. */
  public static @Nullable Truncation read(Json json) {
    if (json.isNull()) {
      return null;
    }
    Json name = json.require("strategy");
    Strategy strategy = switch (name.text()) {
      case "LongestFirst" -> Strategy.LONGEST_FIRST;
      case "OnlyFirst" -> Strategy.ONLY_FIRST;
      case "OnlySecond" -> Strategy.ONLY_SECOND;
      default -> throw name.unsupported("truncation strategy", name.text());
    };
    return new Truncation(json.require("max_length").count(), json.require("stride").count(), strategy,
        Direction.isLeft(json));
  }

  /** Cuts one text, or two, of the list, where {@code added} special tokens are still to come. */
  public List<TokenBuffer> apply(List<TokenBuffer> texts, int added) {
    if (maxLength < added) {
      throw new TokenizerException("truncation to " + maxLength + " tokens leaves no room for the " + added
          + " special tokens");
    }
    int room = maxLength - added;
    int total = texts.stream().mapToInt(TokenBuffer::size).sum();
    if (total <= room) {
      return texts;
    }
    if (room == 0) {
      return texts.stream().map(text -> cut(text, 0)).toList();
    }
    if (strategy == Strategy.LONGEST_FIRST) {
      return texts.size() == 1 ? List.of(cut(texts.getFirst(), room)) : cutLonger(texts, room);
    }
    return cutOne(texts, strategy == Strategy.ONLY_FIRST ? 0 : 1, total - room);
  }

  private List<TokenBuffer> cutLonger(List<TokenBuffer> texts, int room) {
    int first = texts.get(0).size();
    int second = texts.get(1).size();
    int shorter = Math.min(first, second);
    int longer = shorter > room ? shorter : Math.max(shorter, room - shorter);
    if (shorter + longer > room) {
      shorter = room / 2;
      longer = shorter + room % 2;
    }
    return List.of(cut(texts.get(0), first > second ? longer : shorter),
        cut(texts.get(1), first > second ? shorter : longer));
  }

  private List<TokenBuffer> cutOne(List<TokenBuffer> texts, int which, int excess) {
    if (which >= texts.size()) {
      throw new TokenizerException("truncation cuts only the second text, and there is none");
    }
    int left = texts.get(which).size() - excess;
    if (left <= 0) {
      throw new TokenizerException("truncation would have to cut " + excess + " tokens off a text of "
          + texts.get(which).size());
    }
    TokenBuffer cut = cut(texts.get(which), left);
    return texts.size() == 1 ? List.of(cut) : which == 0 ? List.of(cut, texts.get(1)) : List.of(texts.get(0), cut);
  }

  private TokenBuffer cut(TokenBuffer text, int left) {
    int size = text.size();
    if (left >= size) {
      return text;
    }
    if (left == 0) {
      TokenBuffer nothing = new TokenBuffer(0);
      nothing.overflow().add(text);
      return nothing;
    }
    if (stride >= left) {
      throw new TokenizerException("truncation with a stride of " + stride + " needs more than the " + left
          + " tokens that are left");
    }
    return parts(text, left);
  }

  private TokenBuffer parts(TokenBuffer text, int left) {
    int size = text.size();
    TokenBuffer kept = atStart ? text.range(size - left, size) : text.range(0, left);
    for (int done = left; done < size; done += left - stride) {
      int from = done - stride; // of a part, counted from the end that is kept
      int to = Math.min(from + left, size);
      kept.overflow().add(atStart ? text.range(size - to, size - from) : text.range(from, to));
    }
    return kept;
  }
}
