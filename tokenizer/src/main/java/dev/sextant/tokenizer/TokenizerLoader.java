package dev.sextant.tokenizer;

import com.fasterxml.jackson.core.JsonToken;
import dev.sextant.tokenizer.bpe.AddedTokenReader;
import dev.sextant.tokenizer.bpe.AddedTokens;
import dev.sextant.tokenizer.bpe.Bpe;
import dev.sextant.tokenizer.bpe.ModelReader;
import dev.sextant.tokenizer.decode.Decoder;
import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.json.JsonInput;
import dev.sextant.tokenizer.json.PlainFile;
import dev.sextant.tokenizer.normalize.Normalizer;
import dev.sextant.tokenizer.post.Limits;
import dev.sextant.tokenizer.post.Padding;
import dev.sextant.tokenizer.post.PostProcessor;
import dev.sextant.tokenizer.post.Template;
import dev.sextant.tokenizer.post.Truncation;
import dev.sextant.tokenizer.split.PreTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a tokenizer.json: the model as a stream, the small rest as a tree. */
final class TokenizerLoader {
  private static final String FILE = "tokenizer.json";

  private final Path file;
  private final Map<String, Json> members = new HashMap<>();
  private @Nullable Bpe model;

  private TokenizerLoader(Path file) {
    this.file = file;
  }

  static Tokenizer load(Path folderOrFile) {
    if (Files.isDirectory(folderOrFile)) {
      return loadFolder(folderOrFile);
    }
    if (!PlainFile.exists(folderOrFile)) {
      throw new TokenizerException(folderOrFile + ": no such file");
    }
    return loadFile(folderOrFile, TokenizerConfig.read(folderOrFile.toAbsolutePath().getParent()));
  }

  private static Tokenizer loadFolder(Path folder) {
    TokenizerConfig config = TokenizerConfig.read(folder);
    Path file = folder.resolve(FILE);
    if (PlainFile.exists(file)) {
      return loadFile(file, config);
    }
    if (OlderFolder.isOne(folder)) {
      return new Tokenizer(OlderFolder.read(folder), config);
    }
    throw new TokenizerException(folder + ": the folder holds no " + FILE + ", nor " + OlderFolder.VOCABULARY + " with "
        + OlderFolder.MERGES);
  }

  private static Tokenizer loadFile(Path file, TokenizerConfig config) {
    return new Tokenizer(new TokenizerLoader(file).pipeline(), config);
  }

  private Pipeline pipeline() {
    read();
    requireVersion();
    if (model == null) {
      throw new TokenizerException(file + ": 'model' is missing");
    }
    Normalizer normalizer = Normalizer.read(member("normalizer"));
    AddedTokens added = new AddedTokens(AddedTokenReader.readList(member("added_tokens"), model.vocabulary()),
        normalizer);
    PostProcessor postProcessor = PostProcessor.read(member("post_processor"));
    Limits limits = new Limits(Truncation.read(member("truncation")), Padding.read(member("padding")));
    Pipeline pipeline = new Pipeline(added, normalizer, PreTokenizer.read(member("pre_tokenizer")), model,
        postProcessor, limits, Decoder.read(member("decoder")));
    requireKnownIds(postProcessor, pipeline);
    return pipeline;
  }

  private void read() {
    try (JsonInput input = JsonInput.open(file)) {
      input.expect(JsonToken.START_OBJECT, "a tokenizer file holds an object");
      Set<String> seen = new HashSet<>();
      while (input.next() == JsonToken.FIELD_NAME) {
        String name = input.text();
        if (!seen.add(name)) {
          throw input.error("'" + name + "' stands twice in the file");
        }
        input.next();
        member(name, input);
      }
      input.finish();
    }
  }

  private void member(String name, JsonInput input) {
    switch (name) {
      case "model" -> model = ModelReader.read(input);
      case "version", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "truncation",
          "padding" ->
        members.put(name,
            input.value(name));
      default -> input.skip();
    }
  }

  private Json member(String name) {
    return members.getOrDefault(name, new Json(file + ": " + name, null));
  }

  private void requireVersion() {
    Json version = member("version");
    if (!version.isNull() && !version.text().equals("1.0")) {
      throw version.error("format version '" + version.text() + "' is not known; known: 1.0");
    }
  }

  private static void requireKnownIds(PostProcessor processor, Pipeline pipeline) {
    switch (processor) {
      case PostProcessor.Sequence sequence -> sequence.steps().forEach(step -> requireKnownIds(step, pipeline));
      case Template template -> Stream.concat(template.single().stream(), template.pair().stream()).forEach(part -> {
        if (part instanceof Template.Special special && pipeline.tokenOf(special.id()) == null) {
          throw special.place().error("the template adds '" + special.token() + "' with the id " + special.id()
              + ", which no token has");
        }
      });
      default -> {}
    }
  }
}
