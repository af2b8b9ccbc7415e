package dev.sextant.tokenizer;

import dev.sextant.tokenizer.bpe.AddedToken;
import dev.sextant.tokenizer.bpe.AddedTokenReader;
import dev.sextant.tokenizer.bpe.AddedTokens;
import dev.sextant.tokenizer.bpe.Bpe;
import dev.sextant.tokenizer.bpe.BpeOptions;
import dev.sextant.tokenizer.bpe.ModelReader;
import dev.sextant.tokenizer.bpe.Vocabulary;
import dev.sextant.tokenizer.decode.Decoder;
import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.json.JsonInput;
import dev.sextant.tokenizer.json.PlainFile;
import dev.sextant.tokenizer.normalize.Normalizer;
import dev.sextant.tokenizer.post.Limits;
import dev.sextant.tokenizer.post.PostProcessor;
import dev.sextant.tokenizer.split.PreTokenizer;
import dev.sextant.tokenizer.text.PieceScanner;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A folder from before tokenizer.json: vocab.json and merges.txt. What they mean depends on the class that
 * tokenizer_config.json names; without one it is GPT-2's.
 */
final class OlderFolder {
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";

  private static final String GPT2 = """
    {"normalizer": null,
     "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": %s, "use_regex": true}}
    """;
  private static final String QWEN2 = """
    {"normalizer": {"type": "NFC"},
     "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
       {"type": "Split", "behavior": "Isolated", "pattern": {"Regex": "%s"}},
       {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]}}
    """.formatted(PieceScanner.QWEN2.replace("\\", "\\\\"));

  private OlderFolder() {}

  static boolean isOne(Path folder) {
    return PlainFile.exists(folder.resolve(VOCABULARY)) && PlainFile.exists(folder.resolve(MERGES));
  }

  static Pipeline read(Path folder) {
    Json config = TokenizerConfig.readJson(folder);
    Json pieces = pieces(config);
    Bpe model = ModelReader.read(folder.resolve(VOCABULARY), folder.resolve(MERGES),
        new BpeOptions(null, false, false, false, "", ""));
    Normalizer normalizer = Normalizer.read(pieces.get("normalizer"));
    AddedTokens added = new AddedTokens(addedTokens(config, model.vocabulary()), normalizer);
    return new Pipeline(added, normalizer, PreTokenizer.read(pieces.get("pre_tokenizer")), model,
        PostProcessor.read(pieces.get("post_processor")), Limits.NONE, new Decoder.ByteLevel());
  }

  private static Json pieces(Json config) {
    String type = Objects.requireNonNullElse(config.textOrNull("tokenizer_class"), "GPT2Tokenizer");
    if (config.flagOr("add_bos_token", false)) {
      throw config.error("'add_bos_token' is only understood beside a tokenizer.json");
    }
    return switch (type) {
      case "GPT2Tokenizer", "GPT2TokenizerFast" -> JsonInput.parse(type,
          GPT2.formatted(config.flagOr("add_prefix_space", false)));
      case "Qwen2Tokenizer", "Qwen2TokenizerFast" -> JsonInput.parse(type, QWEN2);
      default -> throw config.error("the class '" + type + "' needs a tokenizer.json; with " + VOCABULARY + " and "
          + MERGES + " alone GPT2Tokenizer and Qwen2Tokenizer are known");
    };
  }

  /**
   * Those that the configuration lists; else the special tokens it names, and GPT-2's, as far as the vocabulary has
   * them.
   */
  private static List<AddedToken> addedTokens(Json config, Vocabulary vocabulary) {
    if (config.has("added_tokens_decoder")) {
      return AddedTokenReader.readDecoder(config.get("added_tokens_decoder"), vocabulary);
    }
    Stream<String> named = Stream.of("bos_token", "eos_token", "unk_token", "pad_token")
        .map(name -> TokenizerConfig.token(config, name)).filter(Objects::nonNull);
    return Stream.concat(named, Stream.of("<|endoftext|>")).distinct().filter(token -> vocabulary.id(token) >= 0)
        .map(token -> AddedToken.special(vocabulary.id(token), token)).toList();
  }
}
