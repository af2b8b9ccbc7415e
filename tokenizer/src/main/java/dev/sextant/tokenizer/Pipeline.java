package dev.sextant.tokenizer;

import dev.sextant.tokenizer.bpe.AddedToken;
import dev.sextant.tokenizer.bpe.AddedTokens;
import dev.sextant.tokenizer.bpe.Bpe;
import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.decode.Decoder;
import dev.sextant.tokenizer.normalize.Normalizer;
import dev.sextant.tokenizer.post.Limits;
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
 * @param limits how long encodings may be, and must be, where that is asked for
 * @param decoder the way back
 */
record Pipeline(AddedTokens added, Normalizer normalizer, PreTokenizer preTokenizer, Bpe model,
    PostProcessor postProcessor, Limits limits, Decoder decoder) {

  /** Receives the parts of a text from left to right: added tokens, and what lies between them, normalized. */
  interface Parts {
    /** An added token; its spelling and perhaps white space around is the range of the text. */
    void token(AddedToken token, Aligned text, int from, int to);

    /** A range without added tokens; never empty. */
    void text(Aligned text, int from, int to);
  }

  /** Cuts a well-formed text into added tokens and the rest. */
  void cut(String text, Recognition recognition, Parts parts) {
    added.splitRaw(text, recognition, new AddedTokens.Parts() {
      @Override
      public void token(AddedToken token, int from, int to) {
        parts.token(token, Aligned.of(text, from, to), 0, to - from);
      }

      @Override
      public void text(int from, int to) {
        cutNormalized(normalizer.normalize(Aligned.of(text, from, to)), recognition, parts);
      }
    });
  }

  private void cutNormalized(Aligned text, Recognition recognition, Parts parts) {
    added.splitNormalized(text.text(), recognition, new AddedTokens.Parts() {
      @Override
      public void token(AddedToken token, int from, int to) {
        parts.token(token, text, from, to);
      }

      @Override
      public void text(int from, int to) {
        parts.text(text, from, to);
      }
    });
  }

  /** The tokens of a well-formed text, without those that the post-processor adds. */
  TokenBuffer tokens(String text, Recognition recognition) {
    TokenBuffer tokens = new TokenBuffer(text.length() / 4 + 8);
    cut(text, recognition, new Parts() {
      @Override
      public void token(AddedToken token, Aligned found, int from, int to) {
        tokens.add(token.id(), found.start(from), found.end(to - 1), found.text().substring(from, to));
      }

      @Override
      public void text(Aligned found, int from, int to) {
        model.encode(preTokenizer.split(Pieces.of(found, from, to)), tokens);
      }
    });
    return tokens;
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
