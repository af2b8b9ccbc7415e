package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read, what is refused, and how the refusal sounds. */
class LoadingTest {
  private static final String PLAIN = """
    {"version": "1.0", "added_tokens": [{"id": 3, "content": "<e>", "special": true}],
     "normalizer": null, "pre_tokenizer": null, "post_processor": null, "decoder": {"type": "Fuse"},
     "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}}
    """;

  @TempDir
  Path folder;

  private Tokenizer load(String json) throws IOException {
    return Tokenizer.load(Files.writeString(folder.resolve("tokenizer.json"), json));
  }

  private String refusal(String json) {
    String message = assertThrows(TokenizerException.class, () -> load(json)).getMessage();
    assertTrue(message.startsWith(folder.resolve("tokenizer.json") + ": "), message);
    return message;
  }

  @Test
  void theOrderOfTheFileDoesNotMatter() throws IOException {
    String reversed = """
      {"model": {"merges": [["a", "b"]], "vocab": {"ab": 2, "b": 1, "a": 0}}, "decoder": {"type": "Fuse"},
       "added_tokens": [{"special": true, "content": "<e>", "id": 3}]}
      """;
    for (String json : new String[] {PLAIN, reversed}) {
      Tokenizer tokenizer = load(json);
      assertArrayEquals(new int[] {2, 3, 0}, tokenizer.encode("ab<e>a").ids());
      assertEquals("ab<e>a", tokenizer.decode(new int[] {2, 3, 0}));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '→', quoteCharacter = '`', value = {
    "\"type\": \"Fuse\" → \"type\": \"CTC\" → decoder: decoder 'CTC' is not supported",
    "\"normalizer\": null → \"normalizer\": {\"type\": \"Precompiled\"} → "
        + "normalizer: normalizer 'Precompiled' is not supported",
    "\"pre_tokenizer\": null → "
        + "\"pre_tokenizer\": {\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Magic\"}]} → "
        + "pre_tokenizer.pretokenizers[0]: pre-tokenizer 'Magic' is not supported",
    "\"post_processor\": null → \"post_processor\": {} → post_processor: 'type' is missing",
    "\"type\": \"BPE\" → \"type\": \"Unigram\" → model.type: model 'Unigram' is not supported",
    "\"type\": \"BPE\" → \"dropout\": 0.1 → model.dropout: dropout 0.1 is not supported",
    "\"type\": \"BPE\" → \"fuse_unk\": \"yes\" → model.fuse_unk: expected true or false, found the text 'yes'",
    "\"version\": \"1.0\" → \"version\": 2 → version: expected a text, found 2",
    "\"version\" → \"normalizer\" → 'normalizer' stands twice",
    "\"ab\": 2 → \"ab\": 2, \"a\": 4 → the token 'a' has two ids, 0 and 4",
    "\"ab\": 2 → \"ab\": 1 → id 1 belongs to two tokens, 'b' and 'ab'",
    "\"ab\": 2 → \"ab\": 2.0 → the token 'ab' has the id 2.0",
    "\"ab\": 2 → \"ab\": 10000000 → the token 'ab' has the id 10000000",
    "\"ab\": 2 → \"ba\": 2 → the merge 'a b' makes 'ab', which is not in the vocabulary",
    "\"a b\" → \"a c\" → the right part of the merge 'a c' is not in the vocabulary",
    "\"a b\" → \"ab\" → the merge 'ab' is not two parts",
    "\"a b\" → \"a b\", [\"a\", \"b\"] → mixed",
    "\"a b\" → null → a merge is a text",
    "\"id\": 3 → \"id\": 1 → the added token '<e>' has the id 1, which belongs to 'b'",
    "\"content\": \"<e>\" → \"text\": 1 → added_tokens[0]: 'content' is missing",
    "\"content\": \"<e>\" → \"content\": \"\" → an added token without characters",
    "\"decoder\" → , \"decoder\" → not JSON",
    "\"vocab\" → \"words\" → model: 'vocab' is missing",
    "\"merges\" → \"rules\" → model: 'merges' is missing"})
  void refusalsNameThePlace(String good, String bad, String expected) {
    assertTrue(PLAIN.contains(good), good);
    String message = refusal(PLAIN.replace(good, bad));
    assertTrue(message.contains(expected), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "7", "{}", "{\"model\": null}", "{\"model\": {}} {}",
    "{\"model\": {\"vocab\": {\"\\ud800\": 0}"})
  void otherThingsAreNoTokenizer(String json) {
    refusal(json);
  }

  @Test
  void malformedUtf8IsRefused() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.write(file, new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'});
    assertEquals(file + ": not well-formed UTF-8",
        assertThrows(TokenizerException.class, () -> Tokenizer.load(file)).getMessage());
  }

  @Test
  void anEmptyFolderIsNamed() {
    assertEquals(folder + ": the folder holds no tokenizer.json, nor vocab.json with merges.txt",
        assertThrows(TokenizerException.class, () -> Tokenizer.load(folder)).getMessage());
    Path missing = folder.resolve("nowhere");
    assertEquals(missing + ": no such file",
        assertThrows(TokenizerException.class, () -> Tokenizer.load(missing)).getMessage());
  }

  @Test
  void anUnknownTokenThatIsMissingIsAnErrorWhenItIsNeeded() throws IOException {
    Tokenizer tokenizer = load(PLAIN.replace("\"type\": \"BPE\"", "\"unk_token\": \"<u>\""));
    assertEquals(1, tokenizer.count("ab"));
    String message = assertThrows(TokenizerException.class, () -> tokenizer.count("abc")).getMessage();
    assertTrue(message.contains("'<u>'"), message);
  }

  @Test
  void theConfigurationIsReadToo() throws IOException {
    assertEquals(OptionalInt.empty(), load(PLAIN).bosId());
    Files.writeString(folder.resolve("tokenizer_config.json"), """
      {"bos_token": {"content": "<e>"}, "eos_token": "nowhere", "pad_token": null}
      """);
    Tokenizer tokenizer = Tokenizer.load(folder);
    assertEquals(OptionalInt.of(3), tokenizer.bosId());
    assertEquals(OptionalInt.empty(), tokenizer.eosId());
    assertEquals(OptionalInt.empty(), tokenizer.padId());
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"bos_token\": 1}");
    String message = assertThrows(TokenizerException.class, () -> Tokenizer.load(folder)).getMessage();
    assertTrue(message.contains("tokenizer_config.json: bos_token: expected"), message);
  }

  /** Takes a tokenizer.json apart into the two files of older folders; the pieces are then those of the class. */
  private void writeOlderFolder(String name) throws IOException {
    Json model = Resources.json("golden/small/" + name + "/tokenizer.json").require("model");
    StringBuilder vocabulary = new StringBuilder("{");
    for (String token : model.require("vocab").names()) {
      vocabulary.append(vocabulary.length() > 1 ? "," : "").append('"')
          .append(token.replace("\\", "\\\\").replace("\"", "\\\"")).append("\":")
          .append(model.get("vocab").get(token).count());
    }
    Files.writeString(folder.resolve("vocab.json"), vocabulary.append('}'));
    StringBuilder merges = new StringBuilder("#version: 0.2\n");
    for (Json merge : model.require("merges").list()) {
      merges.append(merge.isText() ? merge.text() : merge.list().get(0).text() + " " + merge.list().get(1).text())
          .append('\n');
    }
    Files.writeString(folder.resolve("merges.txt"), merges);
  }

  @ParameterizedTest
  @CsvSource({"bl-gpt2, GPT2Tokenizer", "bl-qwen, Qwen2TokenizerFast"})
  void olderFoldersEncodeAlike(String name, String type) throws IOException {
    writeOlderFolder(name);
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"" + type + "\"}");
    Tokenizer older = Tokenizer.load(folder);
    Tokenizer newer = Tokenizer.load(Resources.path("golden/small/" + name));
    for (Json text : Resources.json("golden/texts.json").require("texts").list()) {
      String words = text.require("text").text().replace("<", "");
      assertArrayEquals(newer.encode(words).ids(), older.encode(words).ids(), words);
    }
  }

  @Test
  void olderFoldersOfOtherClassesAreRefused() throws IOException {
    writeOlderFolder("bl-gpt2");
    assertEquals(OptionalInt.of(0), Tokenizer.load(folder).idOf("<|endoftext|>"));
    assertTrue(Tokenizer.load(folder).isSpecial(0));
    Files.writeString(folder.resolve("tokenizer_config.json"), """
      {"added_tokens_decoder": {"0": {"content": "<|endoftext|>", "special": true}, "1800": {"content": "<x>"}}}
      """);
    assertEquals(OptionalInt.of(1800), Tokenizer.load(folder).idOf("<x>"));
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"tokenizer_class\": \"CLIPTokenizer\"}");
    String message = assertThrows(TokenizerException.class, () -> Tokenizer.load(folder)).getMessage();
    assertTrue(message.contains("'CLIPTokenizer' needs a tokenizer.json"), message);
    Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
    Files.writeString(folder.resolve("merges.txt"), "#version\r\nt h\r\n\r\ni n");
    message = assertThrows(TokenizerException.class, () -> Tokenizer.load(folder)).getMessage();
    assertTrue(message.contains("merges.txt: line 3: the merge ''"), message);
  }
}
