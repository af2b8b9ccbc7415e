package dev.sextant.tokenizer;

import dev.sextant.tokenizer.bpe.AddedToken;
import dev.sextant.tokenizer.bpe.ByteBpe;
import dev.sextant.tokenizer.bpe.IdBuffer;
import dev.sextant.tokenizer.split.Pieces;
import dev.sextant.tokenizer.split.PreTokenizer;
import dev.sextant.tokenizer.text.Aligned;
import dev.sextant.tokenizer.text.PieceScanner;
import org.jspecify.annotations.Nullable;

/**
 * The shorter way from a text to its ids, where nobody asks for tokens and their places: pieces of byte-level
 * tokenizers, which most are, go straight from characters to ids. Ids are those of the longer way.
 */
final class IdEncoder {
  private final Pipeline pipeline;
  private final @Nullable PreTokenizer cutter;
  private final @Nullable PieceScanner scanner;
  private final @Nullable ByteBpe model;

  IdEncoder(Pipeline pipeline) {
    this.pipeline = pipeline;
    cutter = pipeline.preTokenizer().beforeBytes();
    scanner = cutter == null ? null : cutter.scanner();
    model = cutter == null ? null : pipeline.model().ofBytes();
  }

  /** The ids of a well-formed text, without those that the post-processor adds. */
  IdBuffer encode(String text, Recognition recognition) {
    IdBuffer ids = new IdBuffer(text.length() / 3 + 8);
    Words words = words(ids);
    pipeline.cut(text, recognition, new Pipeline.Parts() {
      @Override
      public void token(AddedToken token, Aligned found, int from, int to) {
        ids.add(token.id());
      }

      @Override
      public void text(Aligned found, int from, int to) {
        words.encode(found, from, to);
      }
    });
    return ids;
  }

  /** Encodes what lies between added tokens. */
  @FunctionalInterface
  private interface Words {
    void encode(Aligned text, int from, int to);
  }

  private Words words(IdBuffer ids) {
    if (model == null || cutter == null) {
      return (text, from, to) -> pipeline.model()
          .encode(pipeline.preTokenizer().split(Pieces.of(text, from, to)), ids);
    }
    ByteBpe.Encoder encoder = model.open(ids);
    if (scanner != null) {
      return (text, from, to) -> scan(scanner, encoder, characters(text, from, to));
    }
    return (text, from, to) -> {
      Pieces pieces = cutter.split(Pieces.of(text, from, to));
      char[] characters = characters(text, from, to);
      for (int i = 0; i < pieces.count(); i++) {
        encoder.encode(characters, pieces.from(i) - from, pieces.to(i) - from);
      }
    };
  }

  private static char[] characters(Aligned text, int from, int to) {
    char[] characters = new char[to - from];
    text.text().getChars(from, to, characters, 0);
    return characters;
  }

  private static void scan(PieceScanner scanner, ByteBpe.Encoder encoder, char[] text) {
    for (int i = 0; i < text.length;) {
      int end = scanner.end(text, i, text.length);
      encoder.encode(text, i, end);
      i = end;
    }
  }
}
