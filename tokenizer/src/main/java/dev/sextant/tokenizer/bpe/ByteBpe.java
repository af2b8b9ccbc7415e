package dev.sextant.tokenizer.bpe;

import dev.sextant.tokenizer.text.ByteStandIns;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Byte-pair encoding straight from the characters of a text to ids, for vocabularies that have a token for each byte;
 * makes the same ids as {@link Bpe} makes of the stand-ins. Safe to share between threads.
 */
public final class ByteBpe {
  private final Vocabulary vocabulary;
  private final MergeTable merges;
  private final boolean ignoreMerges;
  private final int[] byteIds;
  private final PieceCache cache = new PieceCache();

  private ByteBpe(Vocabulary vocabulary, MergeTable merges, boolean ignoreMerges, int[] byteIds) {
    this.vocabulary = vocabulary;
    this.merges = merges;
    this.ignoreMerges = ignoreMerges;
    this.byteIds = byteIds;
  }

  /** For a vocabulary whose symbols have neither prefix nor suffix; null if it lacks a byte. */
  static @Nullable ByteBpe of(Vocabulary vocabulary, MergeTable merges, boolean ignoreMerges) {
    int[] byteIds = new int[256];
    char[] standIn = new char[1];
    for (int b = 0; b < 256; b++) {
      standIn[0] = ByteStandIns.of(b);
      byteIds[b] = vocabulary.id(standIn, 0, 1);
      if (byteIds[b] < 0) {
        return null;
      }
    }
    return new ByteBpe(vocabulary, merges, ignoreMerges, byteIds);
  }

  /** Encodes the pieces of one text. */
  public Encoder open(IdBuffer target) {
    return new Encoder(target);
  }

  /** Encodes pieces one by one; for one thread. */
  public final class Encoder {
    private final IdBuffer target;
    private final Word word = new Word();
    private byte[] bytes = new byte[64];
    private int length;

    private Encoder(IdBuffer target) {
      this.target = target;
    }

    /** Encodes a piece: a range of a well-formed text. */
    public void encode(char[] text, int from, int to) {
      if (to - from <= PieceCache.LONGEST) {
        long low = 0;
        int all = 0;
        int middle = Math.min(to, from + Long.BYTES);
        for (int i = from, shift = 0; i < middle; i++, shift += Byte.SIZE) {
          char c = text[i];
          all |= c;
          low |= (long) c << shift;
        }
        long high = 0;
        for (int i = middle, shift = 0; i < to; i++, shift += Byte.SIZE) {
          char c = text[i];
          all |= c;
          high |= (long) c << shift;
        }
        if (all < 0x80) {
          encodeShort(low, PieceCache.high(high, to - from), to - from);
          return;
        }
      }
      encodeBytes(text, from, to);
    }

    private void encodeShort(long low, long high, int size) {
      PieceCache.Entry known = cache.find(low, high);
      if (known == null) {
        known = work(low, high, size);
      }
      add(known);
    }

    private PieceCache.Entry work(long low, long high, int size) {
      for (int i = 0; i < size; i++) {
        bytes[i] = (byte) ((i < Long.BYTES ? low : high) >>> Byte.SIZE * (i % Long.BYTES));
      }
      length = size;
      merge();
      return remember(low, high, null);
    }

    /** Remembers what the word has become. */
    private PieceCache.Entry remember(long low, long high, byte @Nullable [] piece) {
      int[] ids = word.ids();
      PieceCache.Entry entry = new PieceCache.Entry(low, high, ids[0],
          ids.length == 1 ? null : Arrays.copyOfRange(ids, 1, ids.length), piece);
      cache.put(entry);
      return entry;
    }

    private void encodeBytes(char[] text, int from, int to) {
      toBytes(text, from, to);
      if (length <= PieceCache.LONGEST) {
        encodeShort(packed(0, Math.min(length, Long.BYTES)), PieceCache.high(packed(Long.BYTES, length), length),
            length);
        return;
      }
      if (length <= PieceCache.LONGEST_HASHED) {
        encodeLong();
        return;
      }
      merge();
      word.copyTo(target);
    }

    private void encodeLong() {
      long hash = PieceCache.hash(bytes, length);
      PieceCache.Entry known = cache.find(hash, bytes, length);
      if (known == null) {
        byte[] piece = Arrays.copyOf(bytes, length);
        merge();
        known = remember(hash, PieceCache.high(0, length), piece);
      }
      add(known);
    }

    private void add(PieceCache.Entry known) {
      target.add(known.first());
      if (known.others() != null) {
        target.addAll(known.others());
      }
    }

    private long packed(int from, int to) {
      long packed = 0;
      for (int i = from; i < to; i++) {
        packed |= (bytes[i] & 0xFFL) << Byte.SIZE * (i - from);
      }
      return packed;
    }

    /** Writes a range of a well-formed text as UTF-8. */
    private void toBytes(char[] text, int from, int to) {
      if (bytes.length < 3L * (to - from)) {
        bytes = new byte[Math.max(3 * (to - from), 2 * bytes.length)];
      }
      length = 0;
      for (int i = from; i < to;) {
        int c = Character.codePointAt(text, i);
        i += Character.charCount(c);
        append(c);
      }
    }

    private void append(int codePoint) {
      if (codePoint < 0x80) {
        bytes[length++] = (byte) codePoint;
        return;
      }
      int continuations = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
      bytes[length++] = (byte) (0xF00 >> continuations + 1 | codePoint >> 6 * continuations);
      for (int i = continuations - 1; i >= 0; i--) {
        bytes[length++] = (byte) (0x80 | codePoint >> 6 * i & 0x3F);
      }
    }

    /** Makes the word of the bytes: one token if merges do not matter and the vocabulary has it, else merged. */
    private void merge() {
      word.clear();
      int whole = ignoreMerges ? whole() : -1;
      if (whole >= 0) {
        word.add(whole, length);
        return;
      }
      for (int i = 0; i < length; i++) {
        word.add(byteIds[bytes[i] & 0xFF], 1);
      }
      word.merge(merges, null);
    }

    private int whole() {
      char[] spelling = new char[length];
      for (int i = 0; i < length; i++) {
        spelling[i] = ByteStandIns.of(bytes[i] & 0xFF);
      }
      return vocabulary.id(spelling, 0, length);
    }
  }
}
