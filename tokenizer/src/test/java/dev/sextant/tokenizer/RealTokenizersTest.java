package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real models' tokenizers against the reference. Their files are not part of the project: fetch them with {@code
 * tools/fetch-tokenizers.sh FOLDER} and give the folder as system property {@code sextant.tokenizers} or
 * environment variable {@code SEXTANT_TOKENIZERS}; otherwise skipped.
 */
class RealTokenizersTest {

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "cl100k", "o200k", "gptoss", "llama2", "mistral-v1", "llama3", "llama3_1", "qwen3",
    "gemma2", "gemma3", "deepseek_v3", "claude", "smollm2"})
  void everyCaseIsWhatTheReferenceMakesOfIt(String name) throws IOException {
    String folder = System.getProperty("sextant.tokenizers", System.getenv("SEXTANT_TOKENIZERS"));
    assumeTrue(folder != null,
        "no real tokenizers given: set sextant.tokenizers to what tools/fetch-tokenizers.sh made");
    Path file = Path.of(folder, name, "tokenizer.json");
    assumeTrue(Files.isRegularFile(file), file + " is not there");
    Path cases = Resources.path("golden/real/" + name + ".cases.json.gz");
    assertEquals(Resources.json(cases).require("tokenizer_sha256").text(), Golden.sha256(Files.readAllBytes(file)));
    Tokenizer tokenizer = Tokenizer.load(file);
    List<Golden> goldens = Golden.cases(name, cases);
    assertAll(goldens.stream().map(golden -> (Executable) () -> golden.check(tokenizer)));
  }
}
