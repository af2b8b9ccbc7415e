package dev.sextant;

/**
 * How much a model's files and the texts given to it may take, so that neither can exhaust the program around it. The
 * defaults let every model known through that fits into memory. What is larger is refused by {@link LimitException}, which
 * names the limit, before it takes the memory. Immutable.
 *
 * <p>What these do not bound: the weights, which lie outside the heap, in the mapped file unless another format is asked for;
 * how many sessions there are at a time; and time. A generation ends after {@link Generate#maxTokens}, or when {@link
 * Generate#cancelWhen} says so.
 *
 * @param headerBytes of the header of a safetensors file, and of the index of shards; from 2 to 100 000 000, where the
 *     format ends. 32 MiB unless set
 * @param jsonBytes of config.json and generation_config.json, each; from 2 to 1 GiB. 16 MiB unless set
 * @param tokenizerBytes of each file of the tokenizer and of each file with a chat template; from 2 to 256 MiB. 128 MiB
 *     unless set
 * @param promptTokens that a text may be extended by at once, be it a prompt or an {@link Session#append append}; a prompt of
 *     more than {@value #CHARACTERS} characters for each of them is not even encoded. At least 1. 262 144 unless set
 * @param cacheBytes that keys and values of one session may take on the heap; at least 1. Half of what the heap may grow to
 *     unless set
 */
public record Limits(long headerBytes, long jsonBytes, long tokenizerBytes, int promptTokens, long cacheBytes) {

  /** Characters of a prompt for each token allowed. */
  static final int CHARACTERS = 32;

  private static final long MIB = 1L << 20;
  private static final long MOST_HEADER = 100_000_000;
  private static final Limits DEFAULTS = new Limits(32 * MIB, 16 * MIB, 128 * MIB, 1 << 18,
      Runtime.getRuntime().maxMemory() / 2);

  public Limits {
    require("headerBytes", headerBytes, 2, MOST_HEADER);
    require("jsonBytes", jsonBytes, 2, 1024 * MIB);
    require("tokenizerBytes", tokenizerBytes, 2, 256 * MIB);
    require("promptTokens", promptTokens, 1, Integer.MAX_VALUE);
    require("cacheBytes", cacheBytes, 1, Long.MAX_VALUE);
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new InvalidArgumentException(name + " is " + value + "; it must lie in [" + least + ", " + most + "]");
    }
  }

  /** Enough for the models that people publish. */
  public static Limits defaults() {
    return DEFAULTS;
  }

  public Limits withHeaderBytes(long newHeaderBytes) {
    return new Limits(newHeaderBytes, jsonBytes, tokenizerBytes, promptTokens, cacheBytes);
  }

  public Limits withJsonBytes(long newJsonBytes) {
    return new Limits(headerBytes, newJsonBytes, tokenizerBytes, promptTokens, cacheBytes);
  }

  public Limits withTokenizerBytes(long newTokenizerBytes) {
    return new Limits(headerBytes, jsonBytes, newTokenizerBytes, promptTokens, cacheBytes);
  }

  public Limits withPromptTokens(int newPromptTokens) {
    return new Limits(headerBytes, jsonBytes, tokenizerBytes, newPromptTokens, cacheBytes);
  }

  public Limits withCacheBytes(long newCacheBytes) {
    return new Limits(headerBytes, jsonBytes, tokenizerBytes, promptTokens, newCacheBytes);
  }

  /** Throws if a text is so long that it is not worth encoding. */
  void requirePromptLength(CharSequence text) {
    if (text.length() > (long) CHARACTERS * promptTokens) {
      throw new LimitException("one token for each " + CHARACTERS + " characters of the text would be",
          Math.ceilDiv(text.length(), CHARACTERS), "promptTokens", promptTokens);
    }
  }

  /** Throws if a text is to grow by more tokens at once than allowed. */
  void requirePrompt(int tokens) {
    if (tokens > promptTokens) {
      throw new LimitException("the tokens that the text is to grow by at once are", tokens, "promptTokens",
          promptTokens);
    }
  }

  /** Throws if keys and values would take more than allowed. */
  void requireCache(int tokens, long bytes) {
    if (bytes > cacheBytes) {
      throw new LimitException("the bytes that keys and values of a text of " + tokens + " tokens take are", bytes,
          "cacheBytes", cacheBytes);
    }
  }
}
