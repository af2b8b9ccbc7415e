package dev.sextant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.sextant.architecture.SavedForm;
import dev.sextant.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Writes an open model into a folder of its own, in the form in which it is used: docs/quantisation.md. */
final class SavedFolder {
  private static final long PIECE = 16 << 20;
  /** A line of the cache. */
  private static final int ALIGNMENT = 64;
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String MARK = "quantization_config";
  /** What belongs to a model beside its weights and its configuration. */
  private static final List<String> COMPANIONS = List.of("tokenizer.json", "tokenizer_config.json", "vocab.json",
      "merges.txt", "special_tokens_map.json", "added_tokens.json", "chat_template.jinja", "generation_config.json",
      "LICENSE", "LICENSE.txt", "LICENSE.md");

  private final OpenedModel model;
  private final Path folder;
  private final DoubleConsumer progress;
  private final Runnable checkpoint;
  /** What was not there before, in the order in which it was made. */
  private final List<Path> made = new ArrayList<>();

  /**
   * @param checkpoint called before every piece of the weights; may throw to end the saving
   */
  SavedFolder(OpenedModel model, Path folder, DoubleConsumer progress, Runnable checkpoint) {
    this.model = model;
    this.folder = folder;
    this.progress = progress;
    this.checkpoint = checkpoint;
  }

  /** Writes it all, the configuration last; or nothing that was not there stays, so that it can be tried again. */
  void write() throws IOException {
    Files.createDirectories(folder);
    requireElsewhere();
    try {
      copyCompanions();
      writeWeights(SavedTensor.all(model.weights(), SavedForm.of(model.blueprint().family())));
      writeConfig();
    } catch (Throwable failure) {
      removeMade(failure);
      throw failure;
    }
  }

  private void requireElsewhere() throws IOException {
    if (Files.exists(model.folder()) && Files.isSameFile(folder, model.folder())) {
      throw new InvalidArgumentException(folder + " is the folder that the model was opened from; save it elsewhere");
    }
    for (String name : List.of(CONFIG, WEIGHTS)) {
      if (Files.exists(folder.resolve(name))) {
        throw new InvalidArgumentException(
            folder + " holds a " + name + " already; save into a folder without a model");
      }
    }
  }

  /** They are copied as they are now. */
  private void copyCompanions() throws IOException {
    if (model.tokenizer() != null && !TokenizerFiles.areThere(model.folder())) {
      throw new SextantException(model.folder() + ": the files of the tokenizer, to be copied from there, are gone");
    }
    TokenizerFiles.requireTemplates(model.folder(), model.limits());
    for (String name : COMPANIONS) copy(model.folder().resolve(name), name);
    List<Path> templates = TokenizerFiles.moreTemplates(model.folder());
    if (!templates.isEmpty()) Files.createDirectories(target(TokenizerFiles.MORE_TEMPLATES));
    for (Path file : templates) copy(file, TokenizerFiles.MORE_TEMPLATES + "/" + file.getFileName());
  }

  private void copy(Path file, String name) throws IOException {
    if (Files.isRegularFile(file)) Files.copy(file, target(name), StandardCopyOption.REPLACE_EXISTING);
  }

  /** A place in the folder, to be filled. */
  private Path target(String name) {
    Path target = folder.resolve(name);
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) made.add(target);
    return target;
  }

  private void removeMade(Throwable failure) {
    for (Path path : made.reversed()) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private void writeWeights(List<SavedTensor> tensors) throws IOException {
    SafetensorsWriter.Builder file = SafetensorsWriter.to(target(WEIGHTS)).alignment(ALIGNMENT);
    for (SavedTensor tensor : tensors) file.tensor(tensor.name(), tensor.dtype(), tensor.shape());
    long all = tensors.stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
    long written = 0;
    try (SafetensorsWriter writer = file.metadata("format", SavedForm.METHOD).begin()) {
      for (SavedTensor tensor : tensors) {
        MemorySegment data = tensor.data();
        for (long at = 0; at < data.byteSize(); at += PIECE) {
          checkpoint.run();
          long size = Math.min(PIECE, data.byteSize() - at);
          writer.write(tensor.name(), data.asSlice(at, size));
          written += size;
          progress.accept((double) written / all);
        }
      }
      writer.finish();
    }
  }

  /** The configuration that the model was opened with, and a mark in it that says how the weights are stored now. */
  private void writeConfig() throws IOException {
    JsonFactory json = JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    try (JsonParser from = json.createParser(model.configText());
        OutputStream out = Files.newOutputStream(target(CONFIG));
        JsonGenerator to = json.createGenerator(out).useDefaultPrettyPrinter()) {
      from.nextToken();
      to.writeStartObject();
      while (from.nextToken() != JsonToken.END_OBJECT) member(from, to);
      to.writeObjectFieldStart(MARK);
      to.writeStringField("quant_method", SavedForm.METHOD);
      to.writeNumberField("version", SavedForm.VERSION);
      to.writeEndObject();
      to.writeEndObject();
    }
  }

  /** One member of the object; an earlier mark is left out. */
  private static void member(JsonParser from, JsonGenerator to) throws IOException {
    String key = from.currentName();
    from.nextToken();
    if (key.equals(MARK)) {
      from.skipChildren();
    } else {
      to.writeFieldName(key);
      to.copyCurrentStructure(from);
    }
  }
}
