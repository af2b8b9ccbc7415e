package dev.sextant.tokenizer;

import dev.sextant.tokenizer.bpe.AddedToken;
import dev.sextant.tokenizer.decode.Decoder;
import dev.sextant.tokenizer.decode.Stage;
import dev.sextant.tokenizer.text.Surrogates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Text to token ids and back, exactly as a model's {@code tokenizer.json} describes it. Immutable, safe to share
 * between threads.
 *
 * <p>Ids are those of the file, not negative; there may be gaps. Half a surrogate pair in a Java text is no
 * character and is encoded as U+FFFD. Truncation and padding that a file may describe are applied where
 * {@link EncodeOptions} ask for it.
 */
public final class Tokenizer {
  private final Pipeline pipeline;
  private final TokenizerConfig config;
  private final Encoder encoder;
  private final IdEncoder idEncoder;
  private final Set<Integer> specialIds;
  private final int size;
  private final int idBound;

  Tokenizer(Pipeline pipeline, TokenizerConfig config) {
    this.pipeline = pipeline;
    this.config = config;
    encoder = new Encoder(pipeline);
    idEncoder = new IdEncoder(pipeline);
    Set<Integer> special = new TreeSet<>();
    int more = 0;
    int bound = pipeline.model().vocabulary().idBound();
    for (AddedToken token : pipeline.added().all()) {
      bound = Math.max(bound, token.id() + 1);
      more += pipeline.model().vocabulary().token(token.id()) == null ? 1 : 0;
      if (token.special()) {
        special.add(token.id());
      }
    }
    specialIds = Collections.unmodifiableSet(special);
    size = pipeline.model().vocabulary().size() + more;
    idBound = bound;
  }

  /**
   * Loads a tokenizer.
   *
   * @param folderOrFile a {@code tokenizer.json}, or the folder of a model with one in it; a {@code
   *     tokenizer_config.json} beside it is read too
   * @throws TokenizerException if a file is missing, malformed, or asks for something unsupported; it says where
   *     and why
   */
  public static Tokenizer load(Path folderOrFile) {
    return TokenizerLoader.load(folderOrFile);
  }

  /**
   * Makes a tokenizer of tiktoken's three parts. It adds no special tokens.
   *
   * @param ranks a rank file: on each line the bytes of a token in Base64, a space, and its rank, which is its id
   * @param pattern the regular expression whose matches are encoded one by one, in the language of tokenizer.json;
   *     what it does not match is left out
   * @param special tokens found as a whole, with their ids
   * @throws TokenizerException if the file is missing or malformed, lacks a byte, or shares an id with a special
   *     token, or if the pattern is not understood
   */
  public static Tokenizer ofTiktoken(Path ranks, String pattern, Map<String, Integer> special) {
    return new Tokenizer(RankFile.read(ranks, pattern, special), TokenizerConfig.NONE);
  }

  /** Encodes a text and adds the special tokens that the file's template asks for. */
  public Encoding encode(String text) {
    return encode(text, EncodeOptions.DEFAULT);
  }

  /** Encodes a text. */
  public Encoding encode(String text, EncodeOptions options) {
    return encoder.encode(List.of(text), options);
  }

  /**
   * Encodes two texts that belong together, such as a question and a passage, as the file's template for pairs joins
   * them; without a template one follows the other.
   */
  public Encoding encode(String first, String second, EncodeOptions options) {
    return encoder.encode(List.of(first, second), options);
  }

  /** The ids of {@link #encode(String, EncodeOptions)}, several times as fast. */
  public int[] encodeIds(String text, EncodeOptions options) {
    if (options.truncate() || options.pad()) {
      return encode(text, options).ids();
    }
    int[] ids = idEncoder.encode(Surrogates.replaceLone(text), options.recognition()).toArray();
    return pipeline.postProcessor().process(ids, options.addSpecialTokens());
  }

  /** How many tokens {@link #encode(String)} makes of a text. */
  public int count(String text) {
    return count(text, EncodeOptions.DEFAULT);
  }

  /** How many tokens {@link #encode(String, EncodeOptions)} makes of a text. */
  public int count(String text, EncodeOptions options) {
    return encodeIds(text, options).length;
  }

  /**
   * Encodes many texts, on all processors; the result is in the order of the texts. Padding that the file wants to
   * the longest of a batch is to the longest of these.
   */
  public List<Encoding> encodeBatch(List<String> texts, EncodeOptions options) {
    return encoder.encodeBatch(texts, options);
  }

  /** The tokens of {@link #encode(String)} and the merges that made each. */
  public List<TracedToken> trace(String text) {
    Encoding encoding = encode(text);
    List<TracedToken> traced = new ArrayList<>(encoding.size());
    for (int i = 0; i < encoding.size(); i++) {
      int id = encoding.id(i);
      List<Merge> merges = encoding.isAdded(i) ? List.of() : mergesOf(id);
      traced.add(new TracedToken(id, encoding.tokens().get(i), merges));
    }
    return List.copyOf(traced);
  }

  /** The merges that make a token of single symbols, in the order in which they happen; empty if none do. */
  public List<Merge> mergesOf(int id) {
    if (pipeline.added().byId(id) != null) {
      return List.of();
    }
    return pipeline.model().derivation(id).stream().map(step -> new Merge(step.rank(), spelled(step.left()),
        spelled(step.right()), spelled(step.id()))).toList();
  }

  private String spelled(int id) {
    return Objects.requireNonNull(pipeline.tokenOf(id));
  }

  /** The text of ids, special tokens spelled out. */
  public String decode(int[] ids) {
    return decode(ids, false);
  }

  /**
   * The text of ids. Bytes that are no character become U+FFFD.
   *
   * @param ids not negative; those without a token, such as padding rows of a model, have no text
   * @param skipSpecial whether special tokens are left out
   * @throws TokenizerException if an id is negative
   */
  public String decode(int[] ids, boolean skipSpecial) {
    TextSink sink = new TextSink();
    Stage stage = pipeline.decoder().open(sink, Decoder.Mode.EXACT);
    for (int id : ids) {
      push(pipeline, id, skipSpecial, stage);
    }
    stage.end();
    return sink.take();
  }

  static void push(Pipeline pipeline, int id, boolean skipSpecial, Stage stage) {
    if (id < 0) {
      throw new TokenizerException("token id " + id + " is negative");
    }
    String token = pipeline.tokenOf(id);
    if (token != null && !(skipSpecial && pipeline.isSpecial(id))) {
      stage.text(token);
      stage.endToken();
    }
  }

  /** A decoder for ids that come one by one; special tokens are left out. */
  public StreamDecoder streamDecoder() {
    return streamDecoder(true);
  }

  /** A decoder for ids that come one by one. */
  public StreamDecoder streamDecoder(boolean skipSpecial) {
    return new StreamDecoder(pipeline, skipSpecial);
  }

  /** The token with that id as the vocabulary spells it; null if there is none. */
  public @Nullable String tokenOf(int id) {
    return pipeline.tokenOf(id);
  }

  /**
   * The text of one token by itself, for people: with its leading space, and bytes that are no whole character as
   * {@code <0xHH>}. Empty if there is no such token.
   */
  public String textOf(int id) {
    String token = pipeline.tokenOf(id);
    if (token == null || isSpecial(id)) {
      return token == null ? "" : token;
    }
    // As the second token of a text: some decoders strip the first.
    TextSink sink = new TextSink();
    Stage stage = pipeline.decoder().open(sink, Decoder.Mode.LEGIBLE);
    stage.text("x");
    stage.endToken();
    stage.text(token);
    stage.endToken();
    stage.end();
    String text = sink.take();
    return text.startsWith("x") ? text.substring(1) : text;
  }

  /** The id of a token as the vocabulary spells it. */
  public OptionalInt idOf(String token) {
    AddedToken added = pipeline.added().byContent(token);
    int id = added != null ? added.id() : pipeline.model().vocabulary().id(token);
    return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
  }

  private OptionalInt idOfNamed(@Nullable String token) {
    return token == null ? OptionalInt.empty() : idOf(token);
  }

  /** How many tokens there are, added ones included. */
  public int vocabularySize() {
    return size;
  }

  /** One more than the largest id; more than {@link #vocabularySize()} if there are gaps. */
  public int idBound() {
    return idBound;
  }

  /** Whether an id is that of a special token: one that steers the model rather than being text. */
  public boolean isSpecial(int id) {
    return pipeline.isSpecial(id);
  }

  /** The ids of the special tokens, rising. */
  public Set<Integer> specialIds() {
    return specialIds;
  }

  /** The token that begins a text, if {@code tokenizer_config.json} names one. */
  public OptionalInt bosId() {
    return idOfNamed(config.bosToken());
  }

  /** The token that ends a text, if {@code tokenizer_config.json} names one. */
  public OptionalInt eosId() {
    return idOfNamed(config.eosToken());
  }

  /** The token that fills up batches, if {@code tokenizer_config.json} names one. */
  public OptionalInt padId() {
    return idOfNamed(config.padToken());
  }
}
