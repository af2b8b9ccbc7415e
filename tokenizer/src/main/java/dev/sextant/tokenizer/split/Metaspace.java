package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.text.Aligned;
import dev.sextant.tokenizer.text.LiteralPattern;

/**
 * SentencePiece's way: a space becomes a visible character, and one may be put in front.
 *
 * @param replacement the visible character, usually U+2581
 * @param prepend where one is put in front
 * @param split whether each begins a new piece
 */
record Metaspace(String replacement, Prepend prepend, boolean split) implements PreTokenizer {

  /** Which pieces get a replacement character in front, if they do not begin with one. */
  enum Prepend {
    ALWAYS,
    /** Only the piece at the very start of the input. */
    FIRST, NEVER
  }

  static Metaspace read(Json json) {
    String replacement = json.require("replacement").text();
    if (replacement.codePointCount(0, replacement.length()) != 1) {
      throw json.error("'replacement' must be one character, not '" + replacement + "'");
    }
    Prepend prepend = readPrepend(json);
    if (!json.flagOr("add_prefix_space", true) && prepend != Prepend.NEVER) {
      throw json.error("'add_prefix_space' is false, which contradicts 'prepend_scheme'");
    }
    return new Metaspace(replacement, prepend, json.flagOr("split", true));
  }

  private static Prepend readPrepend(Json json) {
    String scheme = json.textOrNull("prepend_scheme");
    return switch (scheme) {
      case null -> Prepend.ALWAYS;
      case "always" -> Prepend.ALWAYS;
      case "first" -> Prepend.FIRST;
      case "never" -> Prepend.NEVER;
      default -> throw json.unsupported("prepend scheme", scheme);
    };
  }

  @Override
  public Pieces split(Pieces pieces) {
    Aligned text = pieces.text();
    Pieces rewritten = PieceRewriter.rewrite(pieces, (target, from, to) -> rewrite(text, target, from, to));
    return split
        ? new Split(new LiteralPattern(replacement), SplitBehavior.MERGED_WITH_NEXT, false).split(rewritten)
        : rewritten;
  }

  private void rewrite(Aligned text, Aligned.Builder target, int from, int to) {
    if (prepends(text, from)) {
      target.put(replacement.codePointAt(0), from);
    }
    for (int i = from; i < to; i++) {
      if (text.text().charAt(i) == ' ') {
        target.put(replacement.codePointAt(0), i);
      } else {
        target.keep(i, i + 1);
      }
    }
  }

  private boolean prepends(Aligned text, int from) {
    if (text.text().charAt(from) == ' ' || text.text().startsWith(replacement, from)) {
      return false;
    }
    return prepend == Prepend.ALWAYS || prepend == Prepend.FIRST && text.start(from) == 0;
  }
}
