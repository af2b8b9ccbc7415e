package dev.sextant.tokenizer.decode;

/** Puts a space before each token that does not continue a word; may take back those before punctuation. */
final class WordPieceStage extends TokenStage {
  private static final String[][] CLEANUP = {
    {" .", "."}, {" ?", "?"}, {" !", "!"}, {" ,", ","}, {" ' ", "'"}, {" n't", "n't"}, {" 'm", "'m"},
    {" do not", " don't"}, {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}};

  private final String prefix;
  private final boolean cleanup;
  private boolean first = true;

  WordPieceStage(Stage next, Decoder.WordPiece wordPiece) {
    super(next);
    prefix = wordPiece.prefix();
    cleanup = wordPiece.cleanup();
  }

  @Override
  void token(String token) {
    String text = first ? token : token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token;
    first = false;
    pass(cleanup ? cleanUp(text) : text);
  }

  private static String cleanUp(String token) {
    String text = token;
    for (String[] rule : CLEANUP) {
      text = text.replace(rule[0], rule[1]);
    }
    return text;
  }
}
