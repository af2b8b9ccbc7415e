package dev.sextant.tokenizer.text;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hand-written form of a regular expression that matches at every place of every text, as those of the well-known
 * models do. Does in one pass, without backtracking, what the expression asks for.
 */
@FunctionalInterface
public interface PieceScanner {
  /** The pattern of GPT-2, also that of every byte-level pre-tokenizer with {@code use_regex}. */
  String GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  /** The same in the spelling of tiktoken. */
  String GPT2_TIKTOKEN = "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  /** The pattern of cl100k and Llama 3: at most three digits together. */
  String CL100K = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
      + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  /** The pattern of Qwen 2 and 3: digits one by one. */
  String QWEN2 = CL100K.replace("{1,3}", "");
  /** The pattern of o200k: a word splits where lower case turns to upper case. */
  String O200K = "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
      + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
      + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
      + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
      + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /** The scanners by the regular expression they stand for. */
  Map<String, PieceScanner> KNOWN = Map.of(
      GPT2, new Gpt2Scanner(),
      GPT2_TIKTOKEN, new Gpt2Scanner(),
      CL100K, new Cl100kScanner(3),
      QWEN2, new Cl100kScanner(1),
      O200K, new O200kScanner());

  /** The scanner of an expression; null if it is not one of those known. */
  static @Nullable PieceScanner forRegex(String regex) {
    return KNOWN.get(regex);
  }

  /** Where the match that begins at {@code from} of a well-formed text ends; {@code from < result <= to}. */
  int end(char[] text, int from, int to);
}
