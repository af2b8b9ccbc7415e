package dev.sextant.tokenizer.decode;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.text.TextPattern;
import java.util.List;

/** A step from tokens back to text. Immutable; the state of one decoding lives in its {@link Stage}. */
public sealed interface Decoder {

  /** Begins a decoding whose results go to the next stage. */
  Stage open(Stage next, Mode mode);

  /** What is expected of a decoding. */
  enum Mode {
    /** Exactly what the reference makes of all tokens together. */
    EXACT,
    /** Every character as soon as it is certain that its bytes are there. */
    STREAMING,
    /** For one token by itself: bytes that are no character are shown as {@code <0xHH>}. */
    LEGIBLE
  }

  /** Reads one as the file describes it; a null value joins the tokens with spaces. */
  static Decoder read(Json json) {
    if (json.isNull()) {
      return new Spaced();
    }
    String type = json.require("type").text();
    return switch (type) {
      case "Sequence" -> new Sequence(json.require("decoders").list().stream().map(Decoder::read).toList());
      case "ByteLevel" -> new ByteLevel();
      case "ByteFallback" -> new ByteFallback();
      case "Fuse" -> new Fuse();
      case "Replace" -> new Replace(TextPattern.read(json.require("pattern")), json.require("content").text());
      case "Strip" -> new Strip(character(json.require("content")).codePointAt(0), json.require("start").count(),
          json.require("stop").count());
      case "Metaspace" -> Metaspace.read(json);
      case "BPEDecoder" -> new Suffix(json.require("suffix").text());
      case "WordPiece" -> new WordPiece(json.require("prefix").text(), json.flagOr("cleanup", true));
      default -> throw json.unsupported("decoder", type);
    };
  }

  private static String character(Json json) {
    String text = json.text();
    if (text.codePointCount(0, text.length()) != 1) {
      throw json.error("expected one character, found '" + text + "'");
    }
    return text;
  }

  /** No decoder: tokens with spaces between them. */
  record Spaced() implements Decoder {
    @Override
    public Stage open(Stage next, Mode mode) {
      return new SpacedStage(next);
    }
  }

  /**
   * One after the other.
   *
   * @param steps in the order in which they act
   */
  record Sequence(List<Decoder> steps) implements Decoder {
    @Override
    public Stage open(Stage next, Mode mode) {
      Stage stage = next;
      for (Decoder step : steps.reversed()) {
        stage = step.open(stage, mode);
      }
      return stage;
    }
  }

  /** Stand-ins to bytes to text. */
  record ByteLevel() implements Decoder {
    @Override
    public Stage open(Stage next, Mode mode) {
      return new ByteLevelStage(next, mode);
    }
  }

  /** {@code <0xHH>} to bytes to text. */
  record ByteFallback() implements Decoder {
    @Override
    public Stage open(Stage next, Mode mode) {
      return new ByteFallbackStage(next, mode);
    }
  }

  /** All tokens become one, so that what follows sees the whole text. */
  record Fuse() implements Decoder {
    @Override
    public Stage open(Stage next, Mode mode) {
      return new FuseStage(next);
    }
  }

  /**
   * Replaces within each token.
   *
   * @param pattern what is replaced
   * @param content what takes its place, literally
   */
  record Replace(TextPattern pattern, String content) implements Decoder {
    @Override
    public Stage open(Stage next, Mode mode) {
      return new ReplaceStage(next, pattern, content);
    }
  }

  /**
   * Takes a character off the ends of each token.
   *
   * @param character the code point
   * @param start how many at most at the beginning
   * @param stop how many at most at the end
   */
  record Strip(int character, int start, int stop) implements Decoder {
    @Override
    public Stage open(Stage next, Mode mode) {
      return new StripStage(next, this);
    }
  }

  /**
   * The visible space becomes a space.
   *
   * @param replacement the visible space
   * @param prepended whether one was put in front, which the first token then loses
   */
  record Metaspace(String replacement, boolean prepended) implements Decoder {
    static Metaspace read(Json json) {
      String scheme = json.has("prepend_scheme") ? json.get("prepend_scheme").text() : "always";
      if (!List.of("always", "first", "never").contains(scheme)) {
        throw json.unsupported("prepend scheme", scheme);
      }
      if (!json.flagOr("add_prefix_space", true) && !scheme.equals("never")) {
        throw json.error("'add_prefix_space' is false, which contradicts 'prepend_scheme'");
      }
      return new Metaspace(character(json.require("replacement")), !scheme.equals("never"));
    }

    @Override
    public Stage open(Stage next, Mode mode) {
      return new MetaspaceStage(next, this);
    }
  }

  /**
   * The suffix that ends a word becomes a space.
   *
   * @param suffix such as {@code </w>}
   */
  record Suffix(String suffix) implements Decoder {
    @Override
    public Stage open(Stage next, Mode mode) {
      return new SuffixStage(next, suffix);
    }
  }

  /**
   * A space before every token that begins a word.
   *
   * @param prefix marks those that continue one
   * @param cleanup whether spaces before punctuation go
   */
  record WordPiece(String prefix, boolean cleanup) implements Decoder {
    @Override
    public Stage open(Stage next, Mode mode) {
      return new WordPieceStage(next, this);
    }
  }
}
