package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir
  private Path folder;

  @Test
  void listsTensorsTotalsAndMetadata() {
    CliRun run = CliRun.of("inspect", CliRun.DEMO.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(List.of("model.embed_tokens.weight", "BF16", "[1442,", "256]", "738,304"), run.row("embed_tokens"));
    assertTrue(run.out().contains("38 tensors (38 × BF16), 3,123,968 numbers, 6.2 MB in 1 file"), run.out());
    assertTrue(run.out().contains("metadata  format = pt"), run.out());
    assertEquals(run.out(), CliRun.of("inspect", CliRun.DEMO.resolve("model.safetensors").toString()).out());
  }

  @Test
  void aFileWithoutTensorsHasNone() throws IOException {
    CliRun run = CliRun.of("inspect", file("{}", 0).toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("0 tensors, 0 numbers, 0 B in 1 file"), run.out());
  }

  @Test
  void namesAndMetadataCannotDisturbTheTerminal() throws IOException {
    String header = """
        {"__metadata__":{"k":"a\\u001b[31m\\nb"},"t\\n\\u001b":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""";
    CliRun run = CliRun.of("inspect", file(header, 4).toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().chars().noneMatch(c -> c == 0x1b), run.out());
    assertTrue(run.out().contains("metadata  k = a\ufffd[31m b"), run.out());
  }

  @Test
  void aBrokenFileIsOneClearLine() throws IOException {
    Path file = file("{\"t\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 4);
    CliRun run = CliRun.of("inspect", file.toString());
    assertEquals(1, run.exitCode());
    assertEquals(1, run.errors().size(), run.err());
    assertTrue(run.err().startsWith("sextant: " + file), run.err());
    assertEquals("", run.out());
  }

  @Test
  void aTextIsCalledOne() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.md"), "# Notes\n\nNothing here is a tensor.\n");
    CliRun run = CliRun.of("inspect", text.toString());
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("begins with the text \"# Notes\""), run.err());
  }

  private Path file(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    return Files.write(folder.resolve("some.safetensors"), bytes.array());
  }
}
