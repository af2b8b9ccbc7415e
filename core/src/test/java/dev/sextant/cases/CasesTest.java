package dev.sextant.cases;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.Generate;
import dev.sextant.Generation;
import dev.sextant.InvalidArgumentException;
import dev.sextant.Model;
import dev.sextant.SextantException;
import dev.sextant.Session;
import dev.sextant.decode.Decoding;
import dev.sextant.testing.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs the checks of {@code cases/NN-…/expected.json} that concern models: load, logits, generate, distribution. */
class CasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final List<String> WHICH = List.of("01-end-tokens", "02-tied-unembedding", "03-head-dim",
      "04-rope-forms",
      "05-old-checkpoints", "10-non-finite", "11-padded-vocabulary", "12-context-limit", "13-sharded-index");

  @TempDir
  Path temporary;

  @TestFactory
  Stream<DynamicTest> cases() {
    return WHICH.stream().flatMap(this::checks);
  }

  private Stream<DynamicTest> checks(String which) {
    Json file = Json.read(CASES.resolve(which).resolve("expected.json"));
    Json tolerance = file.get("tolerance");
    List<DynamicTest> tests = new ArrayList<>();
    for (Json check : file.get("checks").list()) {
      String what = check.get("do").text();
      if (what.equals("encode") || what.equals("decode")) continue; // the tokenizer module's
      String name = which + " " + tests.size() + " " + what
          + (check.has("model") ? " " + check.get("model").text() : "");
      tests.add(DynamicTest.dynamicTest(name, () -> check(CASES.resolve(which), check, tolerance)));
    }
    return tests.stream();
  }

  private void check(Path where, Json check, Json tolerance) throws IOException {
    List<Json> right = check.get("expect").has("any_of") ? check.get("expect").get("any_of").list()
        : List.of(check.get("expect"));
    Path folder = check.has("model") ? assemble(where, check) : where;
    AssertionError last = null;
    for (Json expect : right) {
      try {
        if (expect.has("error")) assertError(folder, check, expect);
        else assertRight(folder, check, expect, tolerance);
        return;
      } catch (AssertionError e) {
        last = e;
      }
    }
    throw last == null ? new AssertionError("nothing expected") : last;
  }

  private static void assertRight(Path folder, Json check, Json expect, Json tolerance) {
    try (Model model = Model.load(folder)) {
      switch (check.get("do").text()) {
        case "logits" -> assertLogits(model, check.get("ids").integers(), expect, tolerance);
        case "generate" -> assertGenerated(model, check, expect);
        default -> throw new AssertionError("not known: " + check.get("do").text());
      }
    }
  }

  private static void assertLogits(Model model, int[] ids, Json expect, Json tolerance) {
    double[] last = expect.get("last").numbers();
    int[] argmax = expect.get("argmax").integers();
    try (Session session = model.session()) {
      for (int t = 0; t < ids.length; t++) {
        Distribution next = session.append(ids[t]).distribution();
        assertEquals(argmax[t], next.argmax(), "argmax at position " + t);
      }
    }
    Distribution next = model.nextTokenDistribution(ids);
    for (int id = 0; id < last.length; id++) {
      double allowed = tolerance.get("abs").number() + tolerance.get("rel").number() * Math.abs(last[id]);
      assertEquals(last[id], next.logit(id), allowed, "logit of " + id);
    }
  }

  private static void assertGenerated(Model model, Json check, Json expect) {
    Generation generation = generate(model, check);
    assertArrayEquals(expect.get("ids").integers(), generation.ids());
    String reason = switch (generation.stopReason()) {
      case END_TOKEN -> "eos";
      case STOP_STRING -> "stop";
      case LENGTH -> "length";
      case CONTEXT -> "context";
      case CANCELLED -> "cancelled";
    };
    assertEquals(expect.get("finish").text(), reason);
    if (expect.has("text")) assertEquals(expect.get("text").text(), generation.text());
  }

  private static void assertError(Path folder, Json check, Json expect) {
    RuntimeException error = assertThrows(RuntimeException.class, () -> provoke(folder, check));
    assertTrue(error instanceof SextantException || error instanceof InvalidArgumentException, error.toString());
    for (String mention : expect.get("mentions").texts()) {
      String message = error.getMessage().toLowerCase(Locale.ROOT);
      assertTrue(message.contains(mention.toLowerCase(Locale.ROOT)),
          mention + " is not mentioned in: " + error.getMessage());
    }
  }

  private static void provoke(Path folder, Json check) {
    switch (check.get("do").text()) {
      case "choose" -> {
        double[] logits = check.get("logits").numbers();
        float[] floats = new float[logits.length];
        for (int i = 0; i < floats.length; i++) floats[i] = (float) logits[i];
        Decoding.GREEDY.distribution(floats, new int[0]);
      }
      case "generate" -> {
        try (Model model = Model.load(folder)) {
          generate(model, check);
        }
      }
      default -> {
        try (Model model = Model.load(folder)) {
          model.nextTokenDistribution(check.has("ids") ? check.get("ids").integers() : new int[] {0});
        }
      }
    }
  }

  private static Generation generate(Model model, Json check) {
    Json params = check.get("params");
    Generate generate = model.generate().ids(check.get("ids").integers());
    if (params.has("seed")) generate = generate.seed(params.get("seed").integer());
    return generate.temperature(params.get("temperature").number())
        .maxTokens(params.get("max_new_tokens").integer())
        .run();
  }

  /** The folder as the check wants it: shared weights and shards copied to where they belong. */
  private Path assemble(Path where, Json check) throws IOException {
    Path parent = Files.createTempDirectory(temporary, "case");
    for (String folder : List.of("pool", check.get("model").text()))
      copy(where.resolve(folder), parent.resolve(folder));
    Path model = parent.resolve(check.get("model").text());
    if (check.has("weights")) {
      Files.copy(where.resolve(check.get("weights").text()), model.resolve("model.safetensors"));
    }
    if (check.has("files")) {
      for (String name : check.get("files").keys()) {
        Files.copy(where.resolve(check.get("files").get(name).text()), model.resolve(name));
      }
    }
    return model;
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) return;
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName().toString()));
    }
  }
}
