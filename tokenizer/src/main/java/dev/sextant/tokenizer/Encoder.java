package dev.sextant.tokenizer;

import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.post.Limits;
import dev.sextant.tokenizer.post.Merged;
import dev.sextant.tokenizer.post.Padding;
import dev.sextant.tokenizer.text.Surrogates;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One text or two to an {@link Encoding}: the pipeline's tokens, truncated, with special tokens, padded. Immutable.
 *
 * @param pipeline what the file describes
 */
record Encoder(Pipeline pipeline) {

  Encoding encode(List<String> texts, EncodeOptions options) {
    TokenBuffer found = process(texts, options);
    return encoding(texts, options.pad() ? padded(found, found.size()) : found);
  }

  List<Encoding> encodeBatch(List<String> texts, EncodeOptions options) {
    if (!options.pad()) {
      return texts.parallelStream().map(text -> encode(List.of(text), options)).toList();
    }
    List<TokenBuffer> found = texts.parallelStream().map(text -> process(List.of(text), options)).toList();
    int longest = found.stream().mapToInt(TokenBuffer::size).max().orElse(0);
    List<Encoding> batch = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      batch.add(encoding(List.of(texts.get(i)), padded(found.get(i), longest)));
    }
    return List.copyOf(batch);
  }

  private TokenBuffer process(List<String> texts, EncodeOptions options) {
    List<TokenBuffer> parts = new ArrayList<>(texts.size());
    for (String text : texts) {
      TokenBuffer tokens = pipeline.tokens(Surrogates.replaceLone(text), options.recognition());
      if (!parts.isEmpty()) {
        tokens.beSecond();
      }
      parts.add(tokens);
    }
    Limits limits = pipeline.limits();
    if (options.truncate() && limits.truncation() != null) {
      int added = options.addSpecialTokens() ? pipeline.postProcessor().added(texts.size() > 1) : 0;
      parts = limits.truncation().apply(parts, added);
    }
    return Merged.of(pipeline.postProcessor().process(parts, options.addSpecialTokens(), pipeline::tokenOf));
  }

  private TokenBuffer padded(TokenBuffer tokens, int longest) {
    Padding padding = pipeline.limits().padding();
    return padding == null ? tokens : padding.apply(tokens, padding.target(longest));
  }

  private Encoding encoding(List<String> texts, TokenBuffer found) {
    List<String> tokens = new ArrayList<>(found.size());
    boolean[] special = new boolean[found.size()];
    for (int i = 0; i < found.size(); i++) {
      String spelling = found.spelling(i);
      tokens.add(spelling != null ? spelling : Objects.requireNonNull(pipeline.tokenOf(found.id(i))));
      special[i] = found.isInserted(i) || pipeline.isSpecial(found.id(i));
    }
    List<Encoding> overflow = found.overflow().stream().map(cut -> encoding(texts, cut)).toList();
    return new Encoding(texts, found, new Encoding.Views(List.copyOf(tokens), special, overflow));
  }
}
