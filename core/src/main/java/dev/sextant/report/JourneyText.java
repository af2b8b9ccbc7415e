package dev.sextant.report;

import dev.sextant.Distribution;
import dev.sextant.ModelConfig;
import dev.sextant.TokenProbability;
import dev.sextant.explain.TokenMerges;
import dev.sextant.explain.Vectors;
import dev.sextant.report.text.Bars;
import dev.sextant.report.text.DistributionTable;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Prose;
import dev.sextant.report.text.Style;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Visible;
import dev.sextant.trace.CapturedRows;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Tells the way of a prompt's last token through a model, for readers who know no linear algebra. */
final class JourneyText {
  private static final int SHOWN_NUMBERS = 5;
  private static final int SHOWN_MERGES = 8;
  private static final int BAR_WIDTH = 20;

  private final Material material;
  private final TextOptions options;
  private final Prose prose;
  private final Style style;
  private final ModelConfig config;
  /** The position that is followed. */
  private final int last;

  JourneyText(Material material, TextOptions options, PrintWriter out) {
    this.material = material;
    this.options = options;
    this.style = options.style();
    this.prose = new Prose(out, style);
    this.config = material.config();
    this.last = material.journey().promptLength() - 1;
  }

  void tell() {
    tokens();
    embedding();
    position();
    layers();
    LayerFacts facts = LayerFacts.of(material, last);
    for (int layer = 0; layer < config.layers(); layer++) if (options.tells(layer)) layer(layer, facts);
    balance(facts);
    Distribution expectation = material.expectation(last);
    distribution(expectation);
    new DecisionText(material, options, prose).tell(last, expectation);
  }

  private void tokens() {
    prose.heading("1. Text becomes numbers");
    prose.paragraph("""
        The model knows %s pieces of text. They are called tokens, and each has a number, its id. The text is cut into
        tokens that the model knows (␣ stands for a space):
        """, Numbers.count(config.vocabularySize()));
    Table table = new Table(Column.right("position"), Column.right("id"), Column.left("token").look(style::token));
    for (int position = 0; position <= last; position++) {
      table.add(Integer.toString(position), Integer.toString(material.id(position)), name(position));
    }
    prose.table(table);
    merges();
    material.added().stream().sorted().findFirst().ifPresent(this::added);
    prose.paragraph("""
        From here on there are only numbers. We follow the last token, %s: what comes next is read off from what becomes
        of it.
        """, followed());
  }

  /** How the followed token came about. */
  private void merges() {
    if (!material.model().hasTokenizer()) return;
    List<TokenMerges.Step> steps = TokenMerges.of(material.model().tokenizer(), material.id(last)).steps();
    if (steps.isEmpty()) return;
    int first = Math.max(0, steps.size() - SHOWN_MERGES);
    StringJoiner told = new StringJoiner(", ");
    for (TokenMerges.Step step : steps.subList(first, steps.size()))
      told.add(style.token(Visible.text(step.left())) + " + " + style.token(Visible.text(step.right())) + " ("
          + step.rank() + ")");
    prose.paragraph("""
        To cut it, neighbours are joined, beginning with the smallest symbols; of all pairs on the tokenizer's list the one
        with the lowest rank goes first. The last token, %s, took %s%s (rank in parentheses): %s.
        """, followed(), Numbers.plural(steps.size(), "merge"), first == 0 ? "" : ", here its last " + SHOWN_MERGES,
        told);
  }

  private void added(int position) {
    boolean inText = false;
    for (int other = 0; other <= last; other++) {
      inText |= !material.added().contains(other) && material.id(other) == material.id(position);
    }
    prose.paragraph(inText ? """
        One %s is not of your text. The tokenizer adds it, since the model is used to it.
        """ : """
        Your text does not contain %s. The tokenizer adds it, since the model is used to it.
        """, style.token(name(position)));
  }

  private void embedding() {
    prose.heading("2. Each id picks a row of numbers");
    prose.paragraph("""
        The model holds a large table, the embedding, with a row of %d numbers for each token it knows. The numbers were
        found in training; tokens that are used alike have similar rows. The row of %s, as it enters the first layer,
        begins %s.
        """, config.hiddenSize(), followed(), beginning(material.embedding(last)));
    prose.paragraph("""
        A row has a length, as an arrow has: square its numbers, add them up, take the root. The lengths here:
        """);
    Table table = new Table(Column.right("position"), Column.left("token").look(style::token), Column.right("length"));
    for (int position = 0; position <= last; position++) {
      String length = Numbers.decimal(Vectors.norm(material.embedding(position)), 3);
      table.add(Integer.toString(position), name(position), length);
    }
    prose.table(table);
  }

  private void position() {
    prose.heading("3. The place in the text");
    if (material.hasPlaces()) {
      prose.paragraph("""
          A second table has a row for each position. Row %d, of length %s, is added to the row of %s; the numbers above
          have it already. So the same token is not the same at another place.
          """, last, Numbers.decimal(Vectors.norm(material.place(last)), 3), followed());
    } else {
      prose.paragraph("""
          Nothing is added for the place: at any position, %s has this same row. Instead, when tokens are compared
          in step 4, numbers of theirs are first turned in pairs, like the hands of clocks, one step further for each
          position: %s stands at position %d, so its hands are turned by %s. How well two tokens then match depends on
          what they are and on how far apart they stand. (This is called rotary position embedding. Some models turn
          only a part of the numbers, or not in every layer.)
          """, followed(), followed(), last, Numbers.plural(last, "step"));
    }
  }

  private void layers() {
    prose.heading("4. Through " + Numbers.plural(config.layers(), "layer") + ": look back, and think");
    prose.paragraph("""
        The row now passes through the layers, one after the other. No layer replaces it; each adds to it twice.
        Attention looks back: each of %s, which have learned to look for different things, shares out 100%% of its
        attention among the tokens so far (in some layers of some models, the nearest of them), and what it finds there
        is added. The MLP, a small network that sees this one token only, adds what it makes of it.
        """, Numbers.plural(config.heads(), "head"));
  }

  private void layer(int layer, LayerFacts facts) {
    prose.subheading("Layer " + (layer + 1) + " of " + config.layers());
    prose.table(heads(material.attention(layer)));
    experts(layer);
    prose.paragraph("""
        Attention adds a row of length %s, the MLP one of length %s. Together they change the length from %s to %s and
        turn the direction by %s degrees.
        """, length(facts.attention()[layer]), length(facts.mlp()[layer]), length(facts.residual()[layer]),
        length(facts.residual()[layer + 1]), Numbers.decimal(facts.turn()[layer], 0));
    StringJoiner said = new StringJoiner(", ");
    for (TokenProbability token : material.lens(last).reading(layer + 1).top()) {
      said.add(style.token(Visible.text(token.text())) + " " + Numbers.percent(token.probability()));
    }
    prose.paragraph("If the journey ended here, the model would say: %s.", said);
  }

  /** Who of a mixture saw the token. */
  private void experts(int layer) {
    List<ExpertChoice> chosen = ExpertChoice.at(material, layer, last);
    if (chosen.isEmpty()) return;
    StringJoiner told = new StringJoiner(", ");
    for (ExpertChoice choice : chosen)
      told.add("expert " + (choice.expert() + 1) + " " + Numbers.percent(choice.weight()));
    prose.paragraph("""
        In place of one MLP this layer has %s. A router looks at the row and chooses which of them see this token, and
        how much each answer counts: %s.
        """, Numbers.plural(ExpertChoice.experts(material), "expert"), told);
  }

  /** Nothing is lost on the way. */
  private void balance(LayerFacts facts) {
    prose.subheading("Checked in all layers");
    prose.paragraph("""
        What went in, plus what attention and the MLP added, is what came out. The largest difference found is %s of the
        row's length, %s.
        """, String.format(Locale.ROOT, "%.0e", facts.imbalance()), origin(facts));
  }

  private String origin(LayerFacts facts) {
    if (facts.balances()) return "which is rounding";
    return material.journey().changes().isEmpty() ? "which is more than rounding explains: something is wrong"
        : "which is what the changes of this run did";
  }

  private void distribution(Distribution next) {
    prose.heading("5. The row becomes an expectation");
    prose.paragraph("""
        The row of %s, as it is after the last layer, is brought to a standard size, weighed number by number, and held
        against one row for each of the %s tokens. The better the two match, the higher is the token's score, its logit.
        A higher logit means a higher probability, and all probabilities together make 100%%:
        """, followed(), Numbers.count(config.vocabularySize()));
    prose.table(new DistributionTable(style).table(next, options.top()));
  }

  private Table heads(CapturedRows attention) {
    Table table = new Table(Column.right("head"), Column.left("looks most at").look(style::token),
        Column.right("position"), Column.right("attention"), Column.left("").look(style::bar));
    for (int head = 0; head < config.heads(); head++) {
      float[] probabilities = attention.row(last, head);
      int target = strongest(probabilities);
      String itself = target == last ? " (itself)" : "";
      table.add(Integer.toString(head + 1), name(target) + itself, Integer.toString(target),
          Numbers.percent(probabilities[target]), Bars.bar(probabilities[target], BAR_WIDTH));
    }
    return table;
  }

  private static int strongest(float[] attention) {
    int strongest = 0;
    for (int i = 1; i < attention.length; i++) if (attention[i] > attention[strongest]) strongest = i;
    return strongest;
  }

  private String name(int position) {
    return Visible.text(material.journey().textOf(material.id(position)));
  }

  private String followed() {
    return style.token(name(last));
  }

  private static String length(double norm) {
    return Numbers.decimal(norm, 2);
  }

  private static String beginning(float[] row) {
    StringJoiner numbers = new StringJoiner(", ");
    for (int i = 0; i < Math.min(SHOWN_NUMBERS, row.length); i++) numbers.add(Numbers.decimal(row[i], 4));
    return numbers + (row.length > SHOWN_NUMBERS ? ", …" : "");
  }
}
