package dev.sextant.examples.cli;

import dev.sextant.Distribution;
import dev.sextant.ModelConfig;
import dev.sextant.TokenProbability;
import dev.sextant.examples.cli.Table.Column;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Tells the way of a text's last token through a model, for readers who know no linear algebra. */
final class Itinerary {
  private static final int SHOWN_NUMBERS = 5;
  private static final int LENS_TOKENS = 3;
  private static final int BAR_WIDTH = 20;
  /** What single precision may lose when three rows are added, as a part of their length. */
  private static final double ROUNDING = 1e-5;

  private final Prose prose;
  private final Style style;
  private final ModelConfig config;
  private final List<Token> tokens;

  /**
   * A token of the text.
   *
   * @param text its text, made visible
   * @param added whether the tokenizer put it there, not the text
   */
  record Token(int id, String text, boolean added) {}

  Itinerary(PrintWriter out, Style style, ModelConfig config, List<Token> tokens) {
    this.prose = new Prose(out, style);
    this.style = style;
    this.config = config;
    this.tokens = tokens;
  }

  void tokens() {
    prose.heading("1. Text becomes numbers");
    prose.paragraph("""
        The model knows %s pieces of text. They are called tokens, and each has a number, its id. The text is cut into
        tokens that the model knows (␣ stands for a space):
        """, Numbers.count(config.vocabularySize()));
    Table table = new Table(Column.right("position"), Column.right("id"), Column.left("token").look(style::token));
    for (int position = 0; position < tokens.size(); position++) {
      Token token = tokens.get(position);
      table.add(Integer.toString(position), Integer.toString(token.id()), token.text());
    }
    prose.table(table);
    tokens.stream().filter(Token::added).findFirst().ifPresent(this::added);
    prose.paragraph("""
        From here on there are only numbers. We follow the last token, %s: what comes next is read off from what becomes
        of it.
        """, followed());
  }

  private void added(Token token) {
    boolean inText = tokens.stream().anyMatch(other -> !other.added() && other.id() == token.id());
    prose.paragraph(inText ? """
        One %s is not of your text. The tokenizer adds it, since the model is used to it.
        """ : """
        Your text does not contain %s. The tokenizer adds it, since the model is used to it.
        """, style.token(token.text()));
  }

  /** @param embeddings what enters the first layer, for all tokens [tokens][hidden] */
  void embedding(List<float[]> embeddings) {
    prose.heading("2. Each id picks a row of numbers");
    prose.paragraph("""
        The model holds a large table, the embedding, with a row of %d numbers for each token it knows. The numbers were
        found in training; tokens that are used alike have similar rows. The row of %s, as it enters the first layer,
        begins %s.
        """, config.hiddenSize(), followed(), beginning(embeddings.getLast()));
    prose.paragraph("""
        A row has a length, as an arrow has: square its numbers, add them up, take the root. The lengths here:
        """);
    Table table = new Table(Column.right("position"), Column.left("token").look(style::token), Column.right("length"));
    for (int position = 0; position < tokens.size(); position++) {
      String length = Numbers.decimal(Geometry.norm(embeddings.get(position)), 3);
      table.add(Integer.toString(position), tokens.get(position).text(), length);
    }
    prose.table(table);
  }

  /** @param shift distance between the rows of one token at positions 0 and 1: 0 if the position adds nothing */
  void position(double shift) {
    prose.heading("3. The place in the text");
    int position = tokens.size() - 1;
    if (shift > 0) {
      prose.paragraph("""
          A second table has a row for each position, and row %d is added to the row of %s; the numbers above have it
          already. So the same token is not the same at another place: at positions 0 and 1, the rows of %s lie %s
          apart.
          """, position, followed(), followed(), Numbers.decimal(shift, 3));
    } else {
      prose.paragraph("""
          Nothing is added for the place: at any position, %s has this same row. Instead, when tokens are compared
          in step 4, numbers of theirs are first turned in pairs, like the hands of clocks, one step further for each
          position: %s stands at position %d, so its hands are turned by %s. How well two tokens then match depends on
          what they are and on how far apart they stand. (This is called rotary position embedding. Some models turn
          only a part of the numbers, or not in every layer.)
          """, followed(), followed(), position, Numbers.plural(position, "step"));
    }
  }

  void layers() {
    prose.heading("4. Through " + Numbers.plural(config.layers(), "layer") + ": look back, and think");
    prose.paragraph("""
        The row now passes through the layers, one after the other. No layer replaces it; each adds to it twice.
        Attention looks back: each of %s, which have learned to look for different things, shares out 100%% of its
        attention among the tokens so far (in some layers of some models, the nearest of them), and what it finds there
        is added. The MLP, a small network that sees this one token only, adds what it makes of it.
        """, Numbers.plural(config.heads(), "head"));
  }

  /** @param lens what the model would say if this layer were the last */
  void layer(int index, Passage.Layer layer, Distribution lens) {
    prose.subheading("Layer " + (index + 1) + " of " + config.layers());
    prose.table(heads(layer.attention()));
    prose.paragraph("""
        Attention adds a row of length %s, the MLP one of length %s. Together they change the length from %s to %s and
        turn the direction by %s degrees.
        """, norm(layer.attentionWrite()), norm(layer.mlpWrite()), norm(layer.before()), norm(layer.after()),
        Numbers.decimal(Geometry.angle(layer.before(), layer.after()), 0));
    StringJoiner said = new StringJoiner(", ");
    for (TokenProbability token : lens.top(LENS_TOKENS)) {
      said.add(style.token(Visible.text(token.text())) + " " + Numbers.percent(token.probability()));
    }
    prose.paragraph("If the journey ended here, the model would say: %s.", said);
  }

  /** Nothing is lost on the way. */
  void balance(List<Passage.Layer> layers) {
    double worst = layers.stream().mapToDouble(Passage.Layer::imbalance).max().orElse(0);
    prose.subheading("Checked in all layers");
    prose.paragraph("""
        What went in, plus what attention and the MLP added, is what came out. The largest difference found is %s of the
        row's length, %s.
        """, String.format(Locale.ROOT, "%.0e", worst),
        worst < ROUNDING ? "which is rounding" : "which is more than rounding explains: something is wrong");
  }

  /** @param count how many of the most probable tokens to show */
  void distribution(Distribution next, int count) {
    prose.heading("5. The row becomes an expectation");
    prose.paragraph("""
        The row of %s, as it is after the last layer, is brought to a standard size, weighed number by number, and held against one row for each
        of the %s tokens. The better the two match, the higher is the token's score, its logit. A higher logit means a
        higher probability, and all probabilities together make 100%%:
        """, followed(), Numbers.count(config.vocabularySize()));
    prose.table(new DistributionTable(style).table(next, count));
    TokenProbability best = next.top(1).getFirst();
    prose.paragraph("""
        Who always takes the most probable token (greedy decoding) takes %s. Who draws by these probabilities takes it
        about %d times out of 100. The token taken is added to the text, and the journey begins again.
        """, style.token(Visible.text(best.text())), Math.round(100 * best.probability()));
  }

  private Table heads(float[][] attention) {
    Table table = new Table(Column.right("head"), Column.left("looks most at").look(style::token),
        Column.right("position"), Column.right("attention"), Column.left("").look(style::bar));
    for (int head = 0; head < attention.length; head++) {
      int target = strongest(attention[head]);
      double probability = attention[head][target];
      String itself = target == tokens.size() - 1 ? " (itself)" : "";
      table.add(Integer.toString(head + 1), tokens.get(target).text() + itself, Integer.toString(target),
          Numbers.percent(probability), Bars.bar(probability, BAR_WIDTH));
    }
    return table;
  }

  private static int strongest(float[] attention) {
    int strongest = 0;
    for (int i = 1; i < attention.length; i++) if (attention[i] > attention[strongest]) strongest = i;
    return strongest;
  }

  private String followed() {
    return style.token(tokens.getLast().text());
  }

  private static String norm(float[] row) {
    return Numbers.decimal(Geometry.norm(row), 2);
  }

  private static String beginning(float[] row) {
    StringJoiner numbers = new StringJoiner(", ");
    for (int i = 0; i < Math.min(SHOWN_NUMBERS, row.length); i++) numbers.add(Numbers.decimal(row[i], 4));
    return numbers + (row.length > SHOWN_NUMBERS ? ", …" : "");
  }
}
