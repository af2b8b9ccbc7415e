package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.bpe.TokenBuffer;
import java.util.List;

/** Parts joined to one. What each part lost to truncation is joined with what stands around it. */
public final class Merged {
  private Merged() {}

  /** All parts in order; the overflow in the reference's order. */
  public static TokenBuffer of(List<TokenBuffer> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    TokenBuffer whole = new TokenBuffer(parts.stream().mapToInt(TokenBuffer::size).sum());
    for (TokenBuffer part : parts) {
      whole = both(whole, part);
    }
    return whole;
  }

  private static TokenBuffer both(TokenBuffer left, TokenBuffer right) {
    TokenBuffer both = joined(left, right);
    for (TokenBuffer cut : left.overflow()) {
      both.overflow().add(joined(cut, right));
      right.overflow().forEach(other -> both.overflow().add(joined(cut, other)));
    }
    right.overflow().forEach(other -> both.overflow().add(joined(left, other)));
    return both;
  }

  private static TokenBuffer joined(TokenBuffer left, TokenBuffer right) {
    TokenBuffer joined = new TokenBuffer(left.size() + right.size());
    joined.addAll(left);
    joined.addAll(right);
    return joined;
  }
}
