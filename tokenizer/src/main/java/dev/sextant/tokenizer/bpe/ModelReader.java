package dev.sextant.tokenizer.bpe;

import com.fasterxml.jackson.core.JsonToken;
import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.json.JsonInput;
import dev.sextant.tokenizer.json.PlainFile;
import dev.sextant.tokenizer.json.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code model} of a tokenizer.json. Vocabulary and merges, which are nearly all of the file, go straight
 * into their tables.
 */
public final class ModelReader {
  private final JsonInput input;
  private final MergeReader merges = new MergeReader();
  private final Map<String, Json> options = new HashMap<>();
  private @Nullable Vocabulary vocabulary;

  private ModelReader(JsonInput input) {
    this.input = input;
  }

  /** Reads the object that the input stands on. */
  public static Bpe read(JsonInput input) {
    input.expect(JsonToken.START_OBJECT, "'model' must be an object");
    return new ModelReader(input).model();
  }

  private Bpe model() {
    Set<String> seen = new HashSet<>();
    while (input.next() == JsonToken.FIELD_NAME) {
      String name = input.text();
      if (!seen.add(name)) {
        throw input.error("'" + name + "' stands twice in model");
      }
      input.next();
      member(name);
    }
    if (vocabulary == null) {
      throw input.error("model: 'vocab' is missing");
    }
    if (!seen.contains("merges")) {
      throw input.error("model: 'merges' is missing");
    }
    return build(vocabulary);
  }

  private void member(String name) {
    switch (name) {
      case "type" -> requireBpe();
      case "vocab" -> {
        input.expect(JsonToken.START_OBJECT, "model: 'vocab' must be an object");
        vocabulary = vocabulary(input, "model.vocab: ");
      }
      case "merges" -> merges.read(input, vocabulary);
      case "dropout", "unk_token", "fuse_unk", "byte_fallback", "ignore_merges", "continuing_subword_prefix",
          "end_of_word_suffix" ->
        options.put(name, input.value("model." + name));
      default -> input.skip();
    }
  }

  private void requireBpe() {
    Json type = input.value("model.type");
    if (!type.text().equals("BPE")) {
      throw type.unsupported("model", type.text());
    }
  }

  /** Reads an object of tokens and ids that the input stands on. */
  private static Vocabulary vocabulary(JsonInput input, String place) {
    Vocabulary.Builder builder = new Vocabulary.Builder();
    while (input.next() == JsonToken.FIELD_NAME) {
      String token = input.text();
      input.next();
      int id = input.countOrNegative();
      if (id < 0 || id > Vocabulary.LARGEST_ID) {
        throw input.error(place + "the token '" + token + "' has the id " + input.spelled()
            + "; ids are whole numbers from 0 to " + Vocabulary.LARGEST_ID);
      }
      String problem = builder.add(token, id);
      if (problem != null) {
        throw input.error(place + problem);
      }
    }
    if (builder.size() == 0) {
      throw input.error(place + "the vocabulary is empty");
    }
    return builder.build();
  }

  /** Reads a model from the two files of older folders: tokens with ids, and a merge on each line. */
  public static Bpe read(Path vocabularyFile, Path mergesFile, BpeOptions options) {
    Vocabulary vocabulary;
    try (JsonInput input = JsonInput.open(vocabularyFile)) {
      input.expect(JsonToken.START_OBJECT, "a vocabulary is an object");
      vocabulary = vocabulary(input, "");
      input.finish();
    }
    MergeReader merges = new MergeReader();
    int number = 0;
    try {
      List<String> lines = PlainFile.text(mergesFile).lines().toList();
      for (String line : lines) {
        number++;
        boolean comment = number == 1 && line.startsWith("#version");
        boolean last = number == lines.size() && line.isEmpty();
        if (!comment && !last) {
          merges.readLine(line, vocabulary);
        }
      }
      return new Bpe(vocabulary, merges.table(vocabulary, options.continuingPrefix()), options);
    } catch (MergeReader.BadMerge e) {
      throw new TokenizerException(mergesFile + ": line " + number + ": " + e.getMessage());
    } catch (IOException e) {
      throw new TokenizerException(Trouble.with(mergesFile, e), e);
    }
  }

  private Bpe build(Vocabulary tokens) {
    requireNoDropout();
    String prefix = text("continuing_subword_prefix", "");
    BpeOptions bpe = new BpeOptions(option("unk_token").isNull() ? null : option("unk_token").text(),
        flag("fuse_unk"), flag("byte_fallback"), flag("ignore_merges"), prefix, text("end_of_word_suffix", ""));
    try {
      return new Bpe(tokens, merges.table(tokens, prefix), bpe);
    } catch (MergeReader.BadMerge e) {
      throw input.error("model.merges: " + e.getMessage());
    }
  }

  private void requireNoDropout() {
    Json dropout = option("dropout");
    if (dropout.isNull()) {
      return;
    }
    double rate = dropout.number();
    if (!(rate >= 0 && rate <= 1)) {
      throw dropout.error("dropout is " + rate + "; it must lie in [0, 1]");
    }
    if (rate > 0) {
      throw new TokenizerException(dropout.where() + ": dropout " + rate + " is not supported: it makes ids random");
    }
  }

  private Json option(String name) {
    return options.getOrDefault(name, new Json("model." + name, null));
  }

  private String text(String name, String otherwise) {
    return option(name).isNull() ? otherwise : option(name).text();
  }

  private boolean flag(String name) {
    return !option(name).isNull() && option(name).flag();
  }
}
