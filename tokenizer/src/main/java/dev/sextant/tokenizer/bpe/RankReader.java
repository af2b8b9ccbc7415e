package dev.sextant.tokenizer.bpe;

import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.json.PlainFile;
import dev.sextant.tokenizer.json.Trouble;
import dev.sextant.tokenizer.text.ByteStandIns;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads a rank file as tiktoken has them: on each line the bytes of a token in Base64, a space, and its rank, which is
 * also its id. Two neighbours merge if their bytes together are a token; the one with the lowest rank goes first.
 */
public final class RankReader {
  private final Path file;
  private final Vocabulary.Builder builder = new Vocabulary.Builder();
  private int line;

  private RankReader(Path file) {
    this.file = file;
  }

  /** Reads a file. */
  public static Bpe read(Path file) {
    return new RankReader(file).model();
  }

  private Bpe model() {
    try (BufferedReader reader = new BufferedReader(
        new InputStreamReader(PlainFile.open(file), StandardCharsets.UTF_8.newDecoder()))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isEmpty()) {
          add(text);
        }
      }
    } catch (IOException e) {
      throw new TokenizerException(Trouble.with(file, e), e);
    }
    Vocabulary vocabulary = builder.build();
    requireBytes(vocabulary);
    return new Bpe(vocabulary, merges(vocabulary), new BpeOptions(null, false, false, true, "", ""));
  }

  private void add(String text) {
    int space = text.indexOf(' ');
    String problem = space < 0 ? "not a token in Base64, a space and a rank" : add(text.substring(0, space),
        text.substring(space + 1));
    if (problem != null) {
      throw new TokenizerException(file + ": line " + line + ": " + problem);
    }
  }

  private @Nullable String add(String base64, String rank) {
    if (!rank.matches("\\d{1,9}") || Integer.parseInt(rank) > Vocabulary.LARGEST_ID) {
      return "the rank '" + rank + "' is not a whole number from 0 to " + Vocabulary.LARGEST_ID;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return bytes.length == 0 ? "a token without bytes" : builder.add(standIns(bytes), Integer.parseInt(rank));
    } catch (IllegalArgumentException e) {
      return "'" + base64 + "' is not Base64: " + e.getMessage();
    }
  }

  private static String standIns(byte[] bytes) {
    char[] standIns = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      standIns[i] = ByteStandIns.of(bytes[i] & 0xFF);
    }
    return new String(standIns);
  }

  private void requireBytes(Vocabulary vocabulary) {
    for (int b = 0; b < 256; b++) {
      if (vocabulary.id(Character.toString(ByteStandIns.of(b))) < 0) {
        throw new TokenizerException(file + ": the byte " + b + " has no token; a rank file has one for each of 256");
      }
    }
  }

  /** Every way to put a token together from two others. */
  private static MergeTable merges(Vocabulary vocabulary) {
    IdBuffer found = new IdBuffer(1 << 16); // left, right, and what they make
    for (int id = 0; id < vocabulary.idBound(); id++) {
      String token = vocabulary.token(id);
      for (int middle = 1; token != null && middle < token.length(); middle++) {
        int left = vocabulary.id(token, 0, middle);
        int right = left < 0 ? -1 : vocabulary.id(token, middle, token.length());
        if (right >= 0) {
          found.add(left);
          found.add(right);
          found.add(id);
        }
      }
    }
    int[] merges = found.toArray();
    MergeTable table = new MergeTable(merges.length / 3);
    for (int i = 0; i < merges.length; i += 3) {
      table.put(merges[i], merges[i + 1], merges[i + 2], merges[i + 2]);
    }
    return table;
  }
}
