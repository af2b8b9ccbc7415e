package dev.sextant.examples.cli;

import dev.sextant.Family;
import dev.sextant.InvalidArgumentException;
import dev.sextant.Sextant;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Which models can be opened. */
@Command(name = "families", description = "Lists the model families that can be opened, or tells about one.")
final class FamiliesCommand implements Runnable {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "FAMILY",
      description = "The model_type of a config.json: also what sets it apart, and how it is tested.")
  private @Nullable String name;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    List<Family> families = Sextant.supportedFamilies();
    Table table = name == null ? all(families) : one(name, families);
    table.print(out, root.style());
  }

  private Table all(List<Family> families) {
    Table table = new Table(Column.left("family").look(root.style()::token), Column.left("typical models"));
    for (Family family : families) table.add(family.name(), family.models());
    return table;
  }

  private Table one(String wanted, List<Family> families) {
    Family family = families.stream().filter(known -> known.name().equals(wanted)).findFirst()
        .orElseThrow(() -> new InvalidArgumentException("family \"" + wanted + "\" is not known; known are "
            + families.stream().map(Family::name).collect(Collectors.joining(", "))));
    Table table = new Table(Column.left("").look(root.style()::bold), Column.left(family.name()));
    table.add("typical models", family.models());
    table.add("what sets it apart", family.features());
    table.add("tested by", family.tested());
    return table;
  }
}
