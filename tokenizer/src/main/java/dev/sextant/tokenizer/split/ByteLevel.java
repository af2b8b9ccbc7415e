package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.text.Aligned;
import dev.sextant.tokenizer.text.ByteStandIns;
import dev.sextant.tokenizer.text.PieceScanner;
import dev.sextant.tokenizer.text.TextPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes every piece as the stand-ins of its UTF-8 bytes, before that cut as GPT-2 cuts.
 *
 * @param addPrefixSpace whether a piece that does not begin with a space gets one
 * @param splitter GPT-2's pattern; null if the pieces are kept as they are
 */
record ByteLevel(boolean addPrefixSpace, @Nullable PreTokenizer splitter) implements PreTokenizer {

  static ByteLevel read(Json json) {
    PreTokenizer gpt2 = new Split(TextPattern.regex(PieceScanner.GPT2, json), SplitBehavior.ISOLATED, false);
    return new ByteLevel(json.require("add_prefix_space").flag(), json.flagOr("use_regex", true) ? gpt2 : null);
  }

  @Override
  public Pieces split(Pieces pieces) {
    Pieces spaced = addPrefixSpace ? withPrefix(pieces) : pieces;
    return toStandIns(splitter == null ? spaced : splitter.split(spaced));
  }

  @Override
  public @Nullable PreTokenizer beforeBytes() {
    if (addPrefixSpace) {
      return null;
    }
    return splitter == null ? new Sequence(List.of()) : splitter;
  }

  private static Pieces withPrefix(Pieces pieces) {
    Aligned text = pieces.text();
    return PieceRewriter.rewrite(pieces, (target, from, to) -> {
      if (text.text().charAt(from) != ' ') {
        target.put(' ', from);
      }
      target.keep(from, to);
    });
  }

  private static Pieces toStandIns(Pieces pieces) {
    Aligned text = pieces.text();
    String ascii = ByteStandIns.ofAscii(text.text());
    if (ascii != null) {
      return pieces.over(text.withText(ascii)); // one byte each: every place stays
    }
    return PieceRewriter.rewrite(pieces,
        (target, from, to) -> ByteStandIns.append(target, text.text(), from, to));
  }
}
