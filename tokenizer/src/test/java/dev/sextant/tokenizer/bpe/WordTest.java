package dev.sextant.tokenizer.bpe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Merging, against the definition in its plainest form. */
class WordTest {
  private static final int TOKENS = 40;

  /** Always the pair of lowest rank, of equal ones the leftmost; one at a time, by looking at all. */
  private static List<Integer> define(List<Integer> symbols, MergeTable table) {
    List<Integer> word = new ArrayList<>(symbols);
    while (true) {
      int best = -1;
      long least = MergeTable.NONE;
      for (int i = 0; i + 1 < word.size(); i++) {
        long merge = table.merge(word.get(i), word.get(i + 1));
        if (merge < least) {
          best = i;
          least = merge;
        }
      }
      if (best < 0) {
        return word;
      }
      word.set(best, MergeTable.id(least));
      word.remove(best + 1);
    }
  }

  private static MergeTable randomTable(Random random) {
    int merges = 1 + random.nextInt(60);
    MergeTable table = new MergeTable(merges);
    for (int rank = 0; rank < merges; rank++) {
      table.put(random.nextInt(TOKENS), random.nextInt(TOKENS), rank, random.nextInt(TOKENS));
    }
    return table;
  }

  @Test
  void shortAndLongWordsMergeAsDefinedSeed9() {
    Random random = new Random(9);
    for (int i = 0; i < 3_000; i++) {
      MergeTable table = randomTable(random);
      int symbols = 1 + random.nextInt(6); // few different ones merge often
      Word word = new Word();
      List<Integer> start = new ArrayList<>();
      for (int length = random.nextInt(150); length > 0; length--) {
        start.add(random.nextInt(symbols));
        word.add(start.getLast(), 1);
      }
      List<Integer> steps = new ArrayList<>();
      word.merge(table, (rank, left, right, id) -> steps.add(rank));
      List<Integer> merged = new ArrayList<>();
      int bytes = 0;
      for (int symbol = 0; symbol < word.size(); symbol++) {
        merged.add(word.id(symbol));
        bytes += word.length(symbol);
      }
      assertEquals(define(start, table), merged, () -> "of " + start);
      assertEquals(start.size(), bytes);
      assertEquals(start.size() - merged.size(), steps.size());
    }
  }

  @Test
  void aTableFindsEveryPairAndNoOther() {
    MergeTable table = new MergeTable(10_000);
    for (int i = 0; i < 10_000; i++) {
      table.put(i % 100, i / 100, i, i + 7);
    }
    for (int i = 0; i < 10_000; i++) {
      long merge = table.merge(i % 100, i / 100);
      assertEquals(i, MergeTable.rank(merge));
      assertEquals(i + 7, MergeTable.id(merge));
      assertEquals(MergeTable.NONE, table.merge(100 + i % 100, i / 100));
    }
    table.put(3, 4, 20_000, 1);
    assertEquals(20_000, MergeTable.rank(table.merge(3, 4)));
  }

  @Test
  void aVocabularyFindsTextsRangesAndCharacters() {
    Vocabulary.Builder builder = new Vocabulary.Builder();
    for (int i = 0; i < 20_000; i++) {
      assertEquals(null, builder.add("t" + i, 2 * i));
    }
    Vocabulary vocabulary = builder.build();
    assertEquals(20_000, vocabulary.size());
    assertEquals(39_999, vocabulary.idBound());
    for (int i = 0; i < 20_000; i++) {
      String text = "xt" + i + "y";
      assertEquals(2 * i, vocabulary.id("t" + i));
      assertEquals(2 * i, vocabulary.id(text, 1, text.length() - 1));
      assertEquals(2 * i, vocabulary.id(text.toCharArray(), 1, text.length() - 1));
      assertEquals(-1, vocabulary.id(text));
      assertEquals("t" + i, vocabulary.token(2 * i));
      assertEquals(null, vocabulary.token(2 * i + 1));
    }
  }
}
