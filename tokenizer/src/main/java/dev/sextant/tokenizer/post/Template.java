package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.bpe.IdBuffer;
import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Special tokens around a text or two texts.
 *
 * @param single the parts around one text, in order
 * @param pair the parts around two
 * @param typesAlways whether types are given even where no special tokens are added
 */
public record Template(List<Part> single, List<Part> pair, boolean typesAlways) implements PostProcessor {

  /** Something that stands in a template. */
  public sealed interface Part {}

  /**
   * The tokens of a text.
   *
   * @param index 0 or 1
   * @param type the type that they get
   */
  record Text(int index, int type) implements Part {}

  /**
   * A token that is added.
   *
   * @param id its id
   * @param token its spelling
   * @param type its type
   * @param place where the file names it
   */
  public record Special(int id, String token, int type, Json place) implements Part {}

  @Override
  public List<TokenBuffer> process(List<TokenBuffer> parts, boolean addSpecialTokens, IntFunction<String> spelling) {
    if (!addSpecialTokens && !typesAlways) {
      return parts;
    }
    List<TokenBuffer> texts = parts.size() > 2 ? List.of(Merged.of(parts)) : parts;
    List<TokenBuffer> result = new ArrayList<>();
    for (Part part : texts.size() == 2 ? pair : single) {
      switch (part) {
        case Text text -> result.add(texts.get(text.index()).ofType(text.type()));
        case Special special when addSpecialTokens -> result.add(alone(special));
        case Special special -> {}
      }
    }
    return result;
  }

  private static TokenBuffer alone(Special special) {
    TokenBuffer token = new TokenBuffer(1);
    token.insert(special.id(), special.token(), special.type());
    return token;
  }

  @Override
  public int[] process(int[] ids, boolean addSpecialTokens) {
    if (!addSpecialTokens && !typesAlways) {
      return ids;
    }
    IdBuffer result = new IdBuffer(ids.length + single.size());
    for (Part part : single) {
      switch (part) {
        case Text text -> result.addAll(ids);
        case Special special when addSpecialTokens -> result.add(special.id());
        case Special special -> {}
      }
    }
    return result.toArray();
  }

  @Override
  public int added(boolean ofPair) {
    return (int) (ofPair ? pair : single).stream().filter(Special.class::isInstance).count();
  }
}
