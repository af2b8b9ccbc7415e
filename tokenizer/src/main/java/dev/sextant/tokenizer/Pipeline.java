package dev.sextant.tokenizer;

import dev.sextant.tokenizer.bpe.AddedToken;
import dev.sextant.tokenizer.bpe.AddedTokens;
import dev.sextant.tokenizer.bpe.Bpe;
import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.decode.Decoder;
import dev.sextant.tokenizer.normalize.Normalizer;
import dev.sextant.tokenizer.post.PostProcessor;
import dev.sextant.tokenizer.split.Pieces;
import dev.sextant.tokenizer.split.PreTokenizer;
import dev.sextant.tokenizer.text.Aligned;
import org.jspecify.annotations.Nullable;

/**
 * The way of a text to its ids: added tokens are cut out, the rest is normalized, more added tokens are cut out,
 * the rest is cut into pieces, and these are encoded; then the whole is post-processed. Immutable.
 *
 * @param added tokens found as a whole
 * @param normalizer rewrites what lies between them
 * @param preTokenizer cuts that into pieces
 * @param model encodes the pieces
 * @param postProcessor adds special tokens
 * @param decoder the way back
 */
record Pipeline(AddedTokens added, Normalizer normalizer, PreTokenizer preTokenizer, Bpe model,
    PostProcessor postProcessor, Decoder decoder) {

  /** The tokens of a well-formed text. */
  TokenBuffer encode(String text, EncodeOptions options) {
    TokenBuffer tokens = new TokenBuffer(text.length() / 4 + 8);
    boolean withSpecial = options.parseSpecialTokens();
    added.splitRaw(text, withSpecial, new AddedTokens.Parts() {
      @Override
      public void token(AddedToken token, int from, int to) {
        tokens.add(token.id(), from, to, text.substring(from, to));
      }

      @Override
      public void text(int from, int to) {
        encode(normalizer.normalize(Aligned.of(text, from, to)), withSpecial, tokens);
      }
    });
    return postProcessor.process(tokens, options.addSpecialTokens(), this::tokenOf);
  }

  private void encode(Aligned text, boolean withSpecial, TokenBuffer tokens) {
    added.splitNormalized(text.text(), withSpecial, new AddedTokens.Parts() {
      @Override
      public void token(AddedToken token, int from, int to) {
        tokens.add(token.id(), text.start(from), text.end(to - 1), text.text().substring(from, to));
      }

      @Override
      public void text(int from, int to) {
        model.encode(preTokenizer.split(Pieces.of(text, from, to)), tokens);
      }
    });
  }

  /** The spelling of an id; null if it is unknown. */
  @Nullable
  String tokenOf(int id) {
    AddedToken token = added.byId(id);
    return token != null ? token.content() : model.vocabulary().token(id);
  }

  boolean isSpecial(int id) {
    AddedToken token = added.byId(id);
    return token != null && token.special();
  }
}
