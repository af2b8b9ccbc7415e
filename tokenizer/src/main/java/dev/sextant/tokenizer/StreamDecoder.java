package dev.sextant.tokenizer;

import dev.sextant.tokenizer.decode.Decoder;
import dev.sextant.tokenizer.decode.Stage;

/**
 * Turns ids into text as they come. Never hands out half a character: one whose last byte is missing waits, at most
 * three bytes of it; one that can no longer be completed becomes U+FFFD. All that {@link #accept} and {@link #end}
 * return, together, is what {@link Tokenizer#decode(int[], boolean)} makes of all ids, but for one case: a run of
 * byte-fallback tokens that is not well-formed UTF-8 as a whole, which a stream cannot know in time.
 *
 * <p>To continue a prompt, {@link #feed} its ids first; otherwise the first word may lose its space. Not for two
 * threads.
 */
public final class StreamDecoder {
  private final Pipeline pipeline;
  private final boolean skipSpecial;
  private final TextSink sink = new TextSink();
  private final Stage stage;
  private boolean ended;

  StreamDecoder(Pipeline pipeline, boolean skipSpecial) {
    this.pipeline = pipeline;
    this.skipSpecial = skipSpecial;
    stage = pipeline.decoder().open(sink, Decoder.Mode.STREAMING);
  }

  /** Takes ids that come before, such as those of the prompt, and drops their text. */
  public StreamDecoder feed(int... ids) {
    for (int id : ids) {
      accept(id);
    }
    return this;
  }

  /**
   * Takes the next id and returns the text that is certain now, often empty.
   *
   * @param id not negative; one without a token, such as a padding row of a model, has no text
   * @throws TokenizerException if the id is negative
   * @throws IllegalStateException after {@link #end}
   */
  public String accept(int id) {
    if (ended) {
      throw new IllegalStateException("the stream has ended");
    }
    Tokenizer.push(pipeline, id, skipSpecial, stage);
    return sink.take();
  }

  /** Ends the stream and returns what was held back. */
  public String end() {
    if (!ended) {
      ended = true;
      stage.end();
    }
    return sink.take();
  }
}
