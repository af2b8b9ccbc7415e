package dev.sextant.examples.cli;

import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Visible;
import dev.sextant.safetensors.Catalog;
import dev.sextant.safetensors.DType;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.TensorInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What is in a safetensors file. */
@Command(name = "inspect",
    description = "Lists the tensors of a safetensors file, an index, or a model's folder. Reads headers only.")
final class InspectCommand implements Callable<Integer> {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "PATH",
      description = "A .safetensors file, a .safetensors.index.json, or a folder with one.")
  private Path path;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Catalog catalog = Safetensors.inspect(path);
    tensors(catalog.tensors()).print(out, root.style());
    out.println();
    out.println("   " + totals(catalog));
    catalog.metadata()
        .forEach((key, value) -> out.println("   metadata  " + Visible.oneLine(key) + " = " + Visible.oneLine(value)));
    return 0;
  }

  private Table tensors(List<TensorInfo> tensors) {
    Table table = new Table(Column.left("tensor").look(root.style()::token), Column.left("type"), Column.left("shape"),
        Column.right("bytes"));
    for (TensorInfo tensor : tensors) {
      table.add(tensor.name(), tensor.dtype().name(), Arrays.toString(tensor.shape()),
          Numbers.count(tensor.byteSize()));
    }
    return table;
  }

  private static String totals(Catalog catalog) {
    List<TensorInfo> tensors = catalog.tensors();
    long elements = tensors.stream().mapToLong(TensorInfo::elements).sum();
    long bytes = tensors.stream().mapToLong(TensorInfo::byteSize).sum();
    Map<DType, Long> byType = tensors.stream()
        .collect(Collectors.groupingBy(TensorInfo::dtype, TreeMap::new, Collectors.counting()));
    String types = byType.entrySet().stream().map(type -> type.getValue() + " × " + type.getKey())
        .collect(Collectors.joining(", "));
    return Numbers.plural(tensors.size(), "tensor") + (tensors.isEmpty() ? "" : " (" + types + ")") + ", "
        + Numbers.plural(elements, "number") + ", " + Numbers.bytes(bytes) + " in "
        + Numbers.plural(catalog.files().size(), "file");
  }
}
