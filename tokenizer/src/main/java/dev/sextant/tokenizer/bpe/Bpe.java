package dev.sextant.tokenizer.bpe;

import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.split.Pieces;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Byte-pair encoding: the characters of a piece become symbols, and the symbols merge. Immutable. */
public final class Bpe {
  private static final int TABLED = 0x180; // covers the stand-ins of bytes

  private final Vocabulary vocabulary;
  private final MergeTable merges;
  private final BpeOptions options;
  private final boolean plain;
  private final int[] characterIds = new int[TABLED];
  private final int[] byteIds; // by byte; empty where characters do not fall back to bytes
  private final int unknownId;

  public Bpe(Vocabulary vocabulary, MergeTable merges, BpeOptions options) {
    this.vocabulary = vocabulary;
    this.merges = merges;
    this.options = options;
    plain = options.continuingPrefix().isEmpty() && options.endSuffix().isEmpty();
    char[] character = new char[1];
    for (int c = 0; c < TABLED; c++) {
      character[0] = (char) c;
      characterIds[c] = vocabulary.id(character, 0, 1);
    }
    byteIds = options.byteFallback() ? byteTokens(vocabulary) : new int[0];
    unknownId = options.unknownToken() == null ? -1 : vocabulary.id(options.unknownToken());
  }

  /** The ids of the tokens that stand for single bytes: {@code <0x00>} to {@code <0xFF>}; -1 where there is none. */
  private static int[] byteTokens(Vocabulary vocabulary) {
    HexFormat hex = HexFormat.of().withUpperCase();
    int[] ids = new int[256];
    for (int b = 0; b < ids.length; b++) {
      ids[b] = vocabulary.id("<0x" + hex.toHexDigits((byte) b) + ">");
    }
    return ids;
  }

  /** The shorter way to the same ids for a vocabulary of bytes; null if this is none. */
  public @Nullable ByteBpe ofBytes() {
    return plain ? ByteBpe.of(vocabulary, merges, options.ignoreMerges()) : null;
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** A merge in terms of ids. */
  public record Step(int rank, int left, int right, int id) {}

  /** The merges that make a token of single symbols, in order; empty if there are none. */
  public List<Step> derivation(int id) {
    return new Derivation(vocabulary, options).steps(id, merges);
  }

  /** Encodes pieces one by one. */
  public void encode(Pieces pieces, TokenBuffer target) {
    String text = pieces.text().text();
    Word word = new Word();
    for (int i = 0; i < pieces.count(); i++) {
      int from = pieces.from(i);
      int to = pieces.to(i);
      int whole = options.ignoreMerges() ? vocabulary.id(text, from, to) : -1;
      if (whole >= 0) {
        target.add(whole, pieces.text().start(from), pieces.text().end(to - 1));
      } else {
        word.clear();
        addSymbols(text, from, to, word);
        word.merge(merges, null);
        addTokens(word, pieces, i, target);
      }
    }
  }

  /** Encodes pieces one by one, to ids alone. */
  public void encode(Pieces pieces, IdBuffer target) {
    String text = pieces.text().text();
    Word word = new Word();
    for (int i = 0; i < pieces.count(); i++) {
      int whole = options.ignoreMerges() ? vocabulary.id(text, pieces.from(i), pieces.to(i)) : -1;
      if (whole >= 0) {
        target.add(whole);
      } else {
        word.clear();
        addSymbols(text, pieces.from(i), pieces.to(i), word);
        word.merge(merges, null);
        word.copyTo(target);
      }
    }
  }

  private void addSymbols(String text, int from, int to, Word word) {
    int unknownLength = 0; // of the unknown symbols seen and not yet added
    for (int i = from, next; i < to; i = next) {
      int c = text.codePointAt(i);
      next = i + Character.charCount(c);
      int id = symbolId(text, i, next, i == from, next == to);
      if (id >= 0) {
        unknownLength = flushUnknown(word, unknownLength);
        word.add(id, utf8Length(c));
      } else if (!options.byteFallback() || !addBytes(c, word)) {
        // Unknown symbols stay pending over bytes, as in the reference: they come behind them.
        if (options.unknownToken() != null) {
          unknownLength = options.fuseUnknown() ? unknownLength : flushUnknown(word, unknownLength);
          unknownLength += utf8Length(c);
        }
      }
    }
    flushUnknown(word, unknownLength);
  }

  private int flushUnknown(Word word, int length) {
    if (length > 0) {
      if (unknownId < 0) {
        throw new TokenizerException("the text holds a character that is not in the vocabulary, and neither is the "
            + "unknown token '" + options.unknownToken() + "'");
      }
      word.add(unknownId, length);
    }
    return 0;
  }

  private int symbolId(String text, int from, int to, boolean first, boolean last) {
    if (plain) {
      char c = text.charAt(from);
      return c < TABLED ? characterIds[c] : vocabulary.id(text, from, to);
    }
    String symbol = text.substring(from, to);
    return vocabulary.id((first ? "" : options.continuingPrefix()) + symbol + (last ? options.endSuffix() : ""));
  }

  /** Adds a character as its bytes; only if all of them have tokens. */
  private boolean addBytes(int codePoint, Word word) {
    byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      if (byteIds[b & 0xFF] < 0) {
        return false;
      }
    }
    for (byte b : bytes) {
      word.add(byteIds[b & 0xFF], 1);
    }
    return true;
  }

  /**
   * Hands over the symbols with the ranges of the input they came from. A symbol lies where the lengths before it
   * end: as in the reference, those behind a symbol that vanished lie too far to the left.
   */
  private static void addTokens(Word word, Pieces pieces, int piece, TokenBuffer target) {
    Utf8Cursor start = new Utf8Cursor(pieces.text().text(), pieces.from(piece));
    Utf8Cursor last = new Utf8Cursor(pieces.text().text(), pieces.from(piece));
    int bytes = 0;
    for (int i = 0; i < word.size(); i++) {
      int from = start.characterAt(bytes);
      bytes += word.length(i);
      int to = last.characterAt(bytes - 1);
      target.add(word.id(i), pieces.text().start(from), pieces.text().end(to));
    }
  }

  private static int utf8Length(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** Finds the character that holds a byte, counted from the start of a piece; byte numbers must not fall. */
  private static final class Utf8Cursor {
    private final String text;
    private int index;
    private int bytesBefore;

    Utf8Cursor(String text, int index) {
      this.text = text;
      this.index = index;
    }

    int characterAt(int wanted) {
      while (true) {
        int c = text.codePointAt(index);
        int length = utf8Length(c);
        if (wanted < bytesBefore + length) {
          return index;
        }
        bytesBefore += length;
        index += Character.charCount(c);
      }
    }
  }
}
