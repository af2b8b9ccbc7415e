package dev.sextant.tokenizer;

import dev.sextant.tokenizer.bpe.AddedToken;
import dev.sextant.tokenizer.bpe.AddedTokens;
import dev.sextant.tokenizer.bpe.Bpe;
import dev.sextant.tokenizer.bpe.RankReader;
import dev.sextant.tokenizer.bpe.Vocabulary;
import dev.sextant.tokenizer.decode.Decoder;
import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.normalize.Normalizer;
import dev.sextant.tokenizer.post.Limits;
import dev.sextant.tokenizer.post.PostProcessor;
import dev.sextant.tokenizer.split.PreTokenizer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A pipeline from tiktoken's three parts: a rank file, a pattern, special tokens. */
final class RankFile {
  private RankFile() {}

  static Pipeline read(Path ranks, String pattern, Map<String, Integer> special) {
    Json nothing = new Json(ranks.toString(), null);
    Bpe model = RankReader.read(ranks);
    Normalizer normalizer = Normalizer.read(nothing);
    AddedTokens added = new AddedTokens(added(ranks, model.vocabulary(), special), normalizer);
    return new Pipeline(added, normalizer, PreTokenizer.matches(pattern, nothing), model, PostProcessor.read(nothing),
        Limits.NONE, new Decoder.ByteLevel());
  }

  private static List<AddedToken> added(Path ranks, Vocabulary vocabulary, Map<String, Integer> special) {
    Set<Integer> ids = new HashSet<>();
    special.forEach((content, id) -> {
      boolean free = id >= 0 && id <= Vocabulary.LARGEST_ID && vocabulary.token(id) == null && ids.add(id);
      if (!free || content.isEmpty()) {
        throw new TokenizerException(ranks + ": the special token '" + content + "' with the id " + id
            + ": it needs characters, and an id from 0 to " + Vocabulary.LARGEST_ID + " that no other token has");
      }
    });
    return special.entrySet().stream().map(token -> AddedToken.special(token.getValue(), token.getKey())).toList();
  }
}
