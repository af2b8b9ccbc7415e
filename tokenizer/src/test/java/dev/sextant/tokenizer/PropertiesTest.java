package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every text, tried on random ones. */
class PropertiesTest {
  private static final int TEXTS = 400;

  private static Tokenizer small(String name) {
    return Tokenizer.load(Resources.path("golden/small/" + name));
  }

  static List<String> all() {
    return SmallTokenizersTest.names();
  }

  /** All of Unicode, but mostly what people write. */
  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(60); length > 0; length--) {
      int c = switch (random.nextInt(6)) {
        case 0 -> " \n\t\r'.,".charAt(random.nextInt(7));
        case 1 -> random.nextInt(Character.MAX_CODE_POINT + 1);
        case 2 -> random.nextInt(0x3000);
        case 3 -> random.nextInt(0x4E00, 0x9FFF);
        default -> random.nextInt('a', 'z' + 1);
      };
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        text.appendCodePoint(c);
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bl-gpt2", "bl-llama3", "bl-smollm", "bl-o200k", "bl-deepseek", "bl-falcon", "bl-bloom",
    "bl-han", "bl-possessive"})
  void byteLevelGivesEveryTextBackSeed1(String name) {
    Tokenizer tokenizer = small(name);
    Random random = new Random(1);
    for (int i = 0; i < TEXTS; i++) {
      String text = randomText(random);
      assertEquals(text, tokenizer.decode(tokenizer.encode(text, EncodeOptions.AS_IS).ids()));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aStreamGivesWhatDecodeGivesSeed2(String name) {
    Tokenizer tokenizer = small(name);
    Random random = new Random(2);
    for (int i = 0; i < TEXTS; i++) {
      int[] ids = tokenizer.encode(randomText(random)).ids();
      StreamDecoder stream = tokenizer.streamDecoder();
      StringBuilder streamed = new StringBuilder();
      for (int id : ids) {
        streamed.append(stream.accept(id));
      }
      assertEquals(tokenizer.decode(ids, true), streamed.append(stream.end()).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bl-gpt2", "bl-llama3", "bl-neox", "bl-qwen", "clip", "csp"})
  void aStreamOfAnyIdsGivesWhatDecodeGivesSeed3(String name) {
    Tokenizer tokenizer = small(name);
    Random random = new Random(3);
    for (int i = 0; i < TEXTS; i++) {
      int[] ids = random.ints(random.nextInt(30), 0, tokenizer.idBound() + 5).toArray();
      StreamDecoder stream = tokenizer.streamDecoder();
      StringBuilder streamed = new StringBuilder();
      for (int id : ids) {
        String piece = stream.accept(id);
        assertTrue(piece.isEmpty() || !Character.isHighSurrogate(piece.charAt(piece.length() - 1)));
        streamed.append(piece);
      }
      assertEquals(tokenizer.decode(ids, true), streamed.append(stream.end()).toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bl-gpt2", "bl-smollm", "bl-o200k", "sp-gemma", "sp-meta-never"})
  void rangesCoverTheTextInOrderSeed4(String name) {
    Tokenizer tokenizer = small(name);
    Random random = new Random(4);
    for (int i = 0; i < TEXTS; i++) {
      String text = randomText(random);
      int[] ranges = tokenizer.encode(text, EncodeOptions.AS_IS).charOffsets();
      int end = 0;
      for (int token = 0; token < ranges.length / 2; token++) {
        assertTrue(ranges[2 * token] <= end, text); // tokens of one character share its range
        assertTrue(ranges[2 * token + 1] >= end, text);
        end = ranges[2 * token + 1];
      }
      assertEquals(text.length(), end);
    }
  }

  @Test
  void eightThreadsShareOneTokenizer() throws InterruptedException, ExecutionException {
    Tokenizer tokenizer = small("bl-llama3");
    List<String> texts = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < TEXTS; i++) {
      texts.add(randomText(random));
    }
    List<int[]> expected = texts.stream().map(text -> tokenizer.encode(text).ids()).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<List<int[]>>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(() -> texts.stream().map(text -> tokenizer.encode(text).ids()).toList()));
      }
      for (Future<List<int[]>> result : results) {
        for (int i = 0; i < TEXTS; i++) {
          assertArrayEquals(expected.get(i), result.get().get(i));
        }
      }
    }
  }
}
