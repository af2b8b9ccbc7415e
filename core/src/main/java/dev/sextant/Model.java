package dev.sextant;

import dev.sextant.analysis.AnswerSizes;
import dev.sextant.analysis.LensReader;
import dev.sextant.analysis.LensWitness;
import dev.sextant.analysis.Values;
import dev.sextant.analysis.Witness;
import dev.sextant.architecture.Trouble;
import dev.sextant.explain.Contest;
import dev.sextant.explain.LensPlan;
import dev.sextant.explain.Votes;
import dev.sextant.forward.Room;
import dev.sextant.forward.State;
import dev.sextant.forward.Transformer;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.KeyValues;
import dev.sextant.safetensors.SafetensorsException;
import dev.sextant.tokenizer.EncodeOptions;
import dev.sextant.tokenizer.StreamDecoder;
import dev.sextant.tokenizer.Tokenizer;
import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.chat.ChatTemplate;
import dev.sextant.tokenizer.chat.ChatTemplateException;
import dev.sextant.trace.Captured;
import dev.sextant.trace.Station;
import dev.sextant.visit.Shapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trained language model, opened from a folder: config.json, safetensors weights and, usually, a tokenizer. Immutable
 * and safe for any number of threads. The weights stay in the mapped file; close the model to release it.
 *
 * <p>While a model is open its files must not be shortened or written to: a change of size is noticed before each pass
 * and reported, but a file cut during a pass can bring down the virtual machine. Replacing or deleting files is
 * harmless to what was read when the model was opened; {@link #chatTemplate()} and {@link #save} read some of them
 * later.
 *
 * <p>An interrupt of the thread ends a {@link Generate generation} or {@link JourneyPlan journey} in good order, and {@link
 * #load} where it waits. Nothing else is ended by it, and the flag stays set.
 */
public final class Model implements AutoCloseable {
  private final OpenedModel opened;
  private final Passes passes = new Passes();
  private final Transformer transformer;
  private final MachineTrouble trouble;
  private final int mostTokens;
  private volatile @Nullable ChatTemplate chatTemplate;

  private Model(OpenedModel opened) {
    this.opened = opened;
    this.transformer = new Transformer(opened.blueprint(), opened.weights(), passes::check);
    this.trouble = MachineTrouble.in(opened.folder());
    this.mostTokens = countTokens();
  }

  /** The longest text whose keys and values fit into their limit, found by halving. */
  private int countTokens() {
    int fits = 0;
    int above = contextLength();
    if (cacheBytes(above) <= limits().cacheBytes()) return above;
    while (above - fits > 1) {
      int middle = fits + (above - fits) / 2;
      if (cacheBytes(middle) <= limits().cacheBytes()) fits = middle;
      else above = middle;
    }
    return fits;
  }

  /** Opens the model in a folder with {@link LoadOptions#defaults()}. */
  public static Model load(Path folder) {
    return load(folder, LoadOptions.defaults());
  }

  /**
   * Opens the model in a folder.
   *
   * @throws SextantException if something in the folder is missing, malformed, contradictory or not supported; the
   *     message names the file and the key or tensor
   */
  public static Model load(Path folder, LoadOptions options) {
    return new Model(OpenedModel.open(folder, options, _ -> true));
  }

  /** Opens a model of which only some parts are in the format of the options. */
  static Model loadPartly(Path folder, LoadOptions options, IntPredicate parts) {
    return new Model(OpenedModel.open(folder, options, parts));
  }

  /** Whether its folder has a tokenizer; one without works by ids only. */
  public boolean hasTokenizer() {
    return opened.tokenizer() != null;
  }

  /** The model's tokenizer. Throws {@link SextantException} if its folder has none: {@link #hasTokenizer}. */
  public Tokenizer tokenizer() {
    Tokenizer tokenizer = opened.tokenizer();
    if (tokenizer == null) {
      throw new SextantException("the model in " + opened.folder() + " has no tokenizer.json; it works by ids only");
    }
    return tokenizer;
  }

  /**
   * The model's own chat template, read from its folder on first use, as it is there then. Throws
   * {@link SextantException} if there is none or it asks for something unsupported.
   */
  public ChatTemplate chatTemplate() {
    ChatTemplate known = chatTemplate;
    if (known != null) return known; // two threads may both read it, with the same result
    try {
      TokenizerFiles.requireTemplates(opened.folder(), limits());
      return chatTemplate = ChatTemplate.load(opened.folder());
    } catch (IOException e) {
      throw new SextantException(opened.folder() + ": cannot be read: " + Trouble.in(opened.folder(), e), e);
    } catch (ChatTemplateException | TokenizerException e) {
      throw new SextantException(e.getMessage(), e);
    }
  }

  /** A text as ids; what the tokenizer cannot do with it is an error of ours. */
  int[] encode(String text, EncodeOptions options) {
    try {
      return tokenizer().encodeIds(text, options);
    } catch (TokenizerException e) {
      throw new SextantException(e.getMessage(), e);
    }
  }

  /** What the model is. */
  public ModelConfig config() {
    return opened.config();
  }

  /** What was found when it was opened. */
  public LoadReport report() {
    return opened.report();
  }

  /**
   * What the model says after these tokens.
   *
   * @param ids at least one, each in [0, vocabularySize)
   * @throws ContextLimitException if they are more than the context holds
   * @throws NonFiniteLogitsException if the weights lead to logits that are not numbers
   */
  public Distribution nextTokenDistribution(int... ids) {
    try (Session session = session()) {
      return session.append(ids).distribution();
    }
  }

  /**
   * What the model would say if the residual stream went from here straight to the final norm and the unembedding: the
   * logit lens (nostalgebraist, "interpreting GPT: the logit lens", 2020). Of the stream behind the last block, that is
   * what the model says.
   *
   * @param residual a row of the residual stream [hiddenSize]
   */
  public Distribution lens(float[] residual) {
    if (residual.length != config().hiddenSize()) {
      throw new InvalidArgumentException("residual has length " + residual.length + "; it must have the hidden size, "
          + config().hiddenSize());
    }
    float[][] logits = new float[1][];
    pass(() -> logits[0] = lensReader().logits(residual));
    return Distribution.owning(logits[0], textOf());
  }

  /**
   * Counts votes for a decided token when a journey is over, as {@link JourneyPlan#votes} does while it runs: as often as one
   * likes, for any tokens.
   *
   * @param journey through this model, that captured {@link Contest#stations()} where tokens are decided, and values
   *     everywhere if the contest wants sources
   * @param index which decided token, from 0
   * @throws InvalidArgumentException if something was not captured that is needed
   */
  public Votes votes(Journey journey, int index, Contest contest) {
    if (!journey.config().equals(config()))
      throw new InvalidArgumentException("the journey went through another model: " + journey.config());
    if (index < 0 || index >= journey.tokens().size())
      throw new InvalidArgumentException(
          "there is no decided token " + index + "; there are " + journey.tokens().size());
    TokenJourney token = journey.tokens().get(index);
    Captured before = contest.sourceHeads() > 0 ? journey.capturedUntil(index) : token.captured();
    Values values = (layer, head, position, into) -> System
        .arraycopy(before.at(Station.VALUES, layer).row(position, head), 0, into, 0, into.length);
    List<Votes> votes = new ArrayList<>();
    pass(() -> {
      Witness witness = witness(List.of(contest));
      witness.take(token.captured(), token.position());
      votes.addAll(witness.count(token.id(), token.distribution().logits(), values, !journey.changes().isEmpty()));
    });
    return votes.getFirst();
  }

  /** A new, empty text. */
  public Session session() {
    if (passes.isClosed()) throw new ModelClosedException();
    return new Session(this);
  }

  /** A generation to be described: prompt, how to choose, when to stop. */
  public Generate generate() {
    return new Generate(this);
  }

  /** A text to be scored: how probable is each of its tokens? */
  public Scoring scoring() {
    return new Scoring(this);
  }

  /** How probable the tokens of a text are, encoded with the special tokens that the tokenizer adds: see {@link Scoring}. */
  public Score score(String text) {
    return scoring().text(text).run();
  }

  /** How probable each of these tokens is behind those before it: see {@link Scoring}. */
  public Score score(int... ids) {
    return scoring().ids(ids).run();
  }

  /**
   * For this library's own explanations.
   *
   * @hidden
   */
  @SuppressWarnings("exports") // on purpose: of no use outside
  public Room room() {
    return new ModelRoom(this, opened);
  }

  /**
   * A journey to be described: prompt, what to capture and to change on the way. One token is decided unless more are asked
   * for; further settings of a generation: {@link Generate#journey()}.
   */
  public JourneyPlan journey() {
    return generate().maxTokens(1).journey();
  }

  /** {@link #save(Path, DoubleConsumer)} without telling how far it is. */
  public void save(Path folder) {
    save(folder, _ -> {});
  }

  /**
   * Writes the model into another folder, with the weights as they are in memory: quantised, if it was opened so. Such
   * a folder opens as fast as any other, since its file is used where it lies, and only with this library. Its layout
   * is in {@code docs/quantisation.md}. The file of weights takes its place in one step, when it is complete. If saving
   * fails, or the model is closed meanwhile, what was made in the folder is removed.
   *
   * <p>Weights and configuration are those that the model was opened with. Tokenizer, chat templates,
   * generation_config.json and licence are copied from its folder as they are there now.
   *
   * @param folder made if it is not there; must not hold a model
   * @param progress told how much is written, from 0 to 1
   * @throws InvalidArgumentException if it is the folder that the model was opened from, or holds another one
   * @throws SextantException if it cannot be written, or the files of the tokenizer are gone
   * @throws ModelClosedException if the model is closed meanwhile
   */
  public void save(Path folder, DoubleConsumer progress) {
    Objects.requireNonNull(progress, "progress");
    pass(() -> {
      try {
        new SavedFolder(opened, folder, progress, passes::check).write();
      } catch (IOException | SafetensorsException e) {
        throw new SextantException(folder + ": cannot be written: " + Trouble.in(folder, e), e);
      }
    });
  }

  /**
   * Releases the weights. Lets no new pass begin, waits until running ones have stopped (they end with
   * {@link ModelClosedException}), then unmaps. They stop at their next block, or the next piece of what is read
   * through a lens, scored, compared or saved; an observer or a listener that is called in between has to return first.
   * Closing again does nothing.
   *
   * @throws IllegalStateException if it is called from inside a pass, such as by an observer, a listener of a
   *     scoring, or what is told how far something is; the model stays open
   */
  @Override
  public void close() {
    passes.close(opened::close);
  }

  Transformer transformer() {
    return transformer;
  }

  /** Runs something that reads the weights. */
  void pass(Runnable work) {
    passes.begin();
    try {
      opened.requireUnchanged();
      work.run();
    } catch (InternalError | OutOfMemoryError e) {
      throw trouble.told(e);
    } finally {
      passes.end();
    }
  }

  /** Called now and then inside a pass: throws once the model is being closed. */
  void check() {
    passes.check();
  }

  State newState() {
    return new State(opened.blueprint(), opened.newEngine(), opened.cache().numbers());
  }

  Engine newEngine() {
    return opened.newEngine();
  }

  /** Throws if one of these ids is outside the vocabulary. */
  void requireKnown(int[] ids) {
    int vocabulary = config().vocabularySize();
    int[] unknown = Arrays.stream(ids).filter(id -> id < 0 || id >= vocabulary).limit(5).toArray();
    if (unknown.length > 0) {
      throw new InvalidArgumentException((unknown.length == 1 ? "id " : "ids ") + Arrays.stream(unknown)
          .mapToObj(Integer::toString).collect(Collectors.joining(", ")) + " outside the vocabulary of " + vocabulary
          + " tokens; an id must lie in [0, " + vocabulary + ")");
    }
  }

  /** What passes the stations of this model. */
  Shapes shapes() {
    return new Shapes(opened.blueprint(), opened.weights().position() != null);
  }

  /** Counts votes of what it sees; for one thread at a time. */
  Witness witness(List<Contest> contests) {
    return new Witness(contests, opened.blueprint(), opened.weights(), opened.newEngine());
  }

  /** Reads rows of the residual stream; for one thread at a time. */
  LensReader lensReader() {
    return new LensReader(transformer, opened.blueprint().sizes(), opened.newEngine(), textOf());
  }

  /** Has a lens read what it sees; for one thread at a time. */
  LensWitness lensWitness(LensPlan plan, int[] prompt) {
    return new LensWitness(plan, opened.blueprint().sizes(), lensReader(), prompt);
  }

  /** How large its answers are. */
  AnswerSizes answerSizes() {
    return new AnswerSizes(opened.blueprint());
  }

  int contextLength() {
    return opened.config().contextLength();
  }

  /** How many tokens a session may hold: what the context allows, and the memory for keys and values. */
  int mostTokens() {
    return mostTokens;
  }

  /** How many tokens of a long text may pass together: what the context and {@link Limits} allow; 1 at least. */
  int window() {
    return Math.max(1, Math.min(mostTokens, limits().promptTokens()));
  }

  Limits limits() {
    return opened.limits();
  }

  long cacheBytes(int tokens) {
    ModelConfig config = config();
    long layer = KeyValues.bytes(opened.cache().numbers(), config.keyValueHeads(), config.headWidth(), tokens);
    return layer > Long.MAX_VALUE / config.layers() ? Long.MAX_VALUE : config.layers() * layer;
  }

  @Nullable
  StreamDecoder streamDecoder() {
    Tokenizer tokenizer = opened.tokenizer();
    return tokenizer == null ? null : tokenizer.streamDecoder();
  }

  IntFunction<String> textOf() {
    @Nullable
    Tokenizer tokenizer = opened.tokenizer();
    return tokenizer == null ? _ -> "" : tokenizer::textOf;
  }
}
