package dev.sextant.tokenizer.normalize;

import dev.sextant.tokenizer.text.Aligned;
import dev.sextant.tokenizer.text.CharClass;
import java.text.Normalizer.Form;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A Unicode normalization form. The JDK's normalizer gives the text; the places are found again segment by segment:
 * each character of the result is decomposed, and each part claims the first equal part of the source that is still
 * free.
 *
 * @param form NFC, NFD, NFKC or NFKD
 */
record UnicodeForm(Form form) implements Normalizer {

  @Override
  public Aligned normalize(Aligned text) {
    String from = text.text();
    if (form == Form.NFC && isLatin1(from)) {
      return text;
    }
    String to = java.text.Normalizer.normalize(from, form);
    if (to.equals(from)) {
      return text;
    }
    Aligned.Builder target = new Aligned.Builder(text, to.length());
    int start = 0;
    while (start < from.length()) {
      int end = segmentEnd(from, start);
      normalizeSegment(text, start, end, target);
      start = end;
    }
    return target.build();
  }

  /** Whether all characters are below U+0100, which NFC leaves alone. */
  private static boolean isLatin1(String text) {
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      all |= text.charAt(i);
    }
    return all < 0x100;
  }

  /** The next place behind {@code start} where nothing before and behind can touch each other. */
  private int segmentEnd(String text, int start) {
    int i = start + Character.charCount(text.codePointAt(start));
    while (i < text.length() && !isBoundary(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i;
  }

  /** Whether a character neither moves before, nor combines with, anything in front of it. */
  private boolean isBoundary(int codePoint) {
    if (codePoint < 0x300) {
      return true;
    }
    int first = decompose(Character.toString(codePoint)).codePointAt(0);
    boolean hangulVowelOrFinal = first >= 0x1160 && first <= 0x11FF;
    boolean kiratRaiVowel = first >= 0x16D63 && first <= 0x16D6A;
    return !hangulVowelOrFinal && !kiratRaiVowel && (CharClass.of(first) & CharClass.MARK) == 0;
  }

  private void normalizeSegment(Aligned text, int start, int end, Aligned.Builder target) {
    String segment = text.text().substring(start, end);
    String normalized = java.text.Normalizer.normalize(segment, form);
    if (normalized.equals(segment)) {
      target.keep(start, end);
      return;
    }
    Parts parts = new Parts(this, segment);
    int source = 0; // code points of the segment that are used up
    int[] units = segment.codePoints().toArray();
    int[] offsets = offsets(units, start);
    for (int c : normalized.codePoints().toArray()) {
      int consumed = parts.consumedBy(c);
      // A character that uses up nothing is the rest of a decomposition, and shares the place of what came before it.
      target.put(c, offsets[Math.max(0, consumed > 0 ? source : source - 1)]);
      source += consumed;
    }
  }

  private static int[] offsets(int[] codePoints, int start) {
    int[] offsets = new int[codePoints.length + 1];
    offsets[0] = start;
    for (int i = 0; i < codePoints.length; i++) {
      offsets[i + 1] = offsets[i] + Character.charCount(codePoints[i]);
    }
    return offsets;
  }

  /** Into the parts that the form works on: with or without compatibility mappings. */
  private String decompose(String text) {
    boolean compatible = form == Form.NFKC || form == Form.NFKD;
    return java.text.Normalizer.normalize(text, compatible ? Form.NFKD : Form.NFD);
  }

  /**
   * The parts of a segment, each worth one source character if it is the first part of its character, and none
   * otherwise. Equal parts never overtake each other, so the first free one is the right one.
   */
  private static final class Parts {
    private final Map<Integer, Deque<Integer>> free = new HashMap<>();

    Parts(UnicodeForm form, String segment) {
      segment.codePoints().forEach(c -> {
        int worth = 1;
        for (int part : form.decompose(Character.toString(c)).codePoints().toArray()) {
          free.computeIfAbsent(part, key -> new ArrayDeque<>()).add(worth);
          worth = 0;
        }
      });
    }

    /** How many source characters a character of the result uses up. */
    int consumedBy(int codePoint) {
      return java.text.Normalizer.normalize(Character.toString(codePoint), Form.NFD).codePoints()
          .map(part -> {
            Deque<Integer> worths = free.get(part);
            return worths == null || worths.isEmpty() ? 0 : worths.remove();
          }).sum();
    }
  }
}
