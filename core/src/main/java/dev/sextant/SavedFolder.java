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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  SavedFolder(OpenedModel model, Path folder, DoubleConsumer progress) {
    this.model = model;
    this.folder = folder;
    this.progress = progress;
  }

  void write() throws IOException {
    Files.createDirectories(folder);
    if (Files.isSameFile(folder, model.folder())) {
      throw new InvalidArgumentException(folder + " is the folder that the model was opened from; save it elsewhere");
    }
    for (String name : List.of(CONFIG, WEIGHTS)) {
      if (Files.exists(folder.resolve(name))) {
        throw new InvalidArgumentException(
            folder + " holds a " + name + " already; save into a folder without a model");
      }
    }
    writeWeights(SavedTensor.all(model.weights(), SavedForm.of(model.blueprint().family())));
    writeConfig();
    for (String name : COMPANIONS) {
      Path file = model.folder().resolve(name);
      if (Files.isRegularFile(file)) Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void writeWeights(List<SavedTensor> tensors) throws IOException {
    SafetensorsWriter.Builder file = SafetensorsWriter.to(folder.resolve(WEIGHTS))
        .alignment(ALIGNMENT);
    for (SavedTensor tensor : tensors) file.tensor(tensor.name(), tensor.dtype(), tensor.shape());
    long all = tensors.stream().mapToLong(tensor -> tensor.data().byteSize()).sum();
    long written = 0;
    try (SafetensorsWriter writer = file.metadata("format", SavedForm.METHOD).begin()) {
      for (SavedTensor tensor : tensors) {
        MemorySegment data = tensor.data();
        for (long at = 0; at < data.byteSize(); at += PIECE) {
          long size = Math.min(PIECE, data.byteSize() - at);
          writer.write(tensor.name(), data.asSlice(at, size));
          written += size;
          progress.accept((double) written / all);
        }
      }
      writer.finish();
    }
  }

  /** The model's own configuration, with a mark in it that says how the weights are stored now. */
  private void writeConfig() throws IOException {
    JsonFactory json = JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    String text = Files.readString(model.folder().resolve(CONFIG), StandardCharsets.UTF_8);
    try (JsonParser from = json.createParser(text.startsWith("\uFEFF") ? text.substring(1) : text);
        OutputStream out = Files.newOutputStream(folder.resolve(CONFIG));
        JsonGenerator to = json.createGenerator(out).useDefaultPrettyPrinter()) {
      from.nextToken();
      to.writeStartObject();
      while (from.nextToken() != JsonToken.END_OBJECT) copy(from, to);
      to.writeObjectFieldStart(MARK);
      to.writeStringField("quant_method", SavedForm.METHOD);
      to.writeNumberField("version", SavedForm.VERSION);
      to.writeEndObject();
      to.writeEndObject();
    }
  }

  /** One member of the object; an earlier mark is left out. */
  private static void copy(JsonParser from, JsonGenerator to) throws IOException {
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
