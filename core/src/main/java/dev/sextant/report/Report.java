package dev.sextant.report;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Journey;
import dev.sextant.JourneyPlan;
import dev.sextant.Model;
import dev.sextant.explain.LensPlan;
import dev.sextant.tokenizer.Encoding;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A journey, told: as text, as JSON (docs/journey-schema.md), or as one HTML file. Whatever the form, every number is that of
 * the run; the votes are counted from what was captured while the report is written, so the model must still be open. Immutable.
 *
 * <pre>{@code
 * Journey journey = Report.ready(model.journey().prompt("The storm is").maxTokens(20)).run();
 * Report.of(model, journey).named("storm").writeHtml(Path.of("journey.html"));
 * }</pre>
 */
public final class Report {
  /** The most bytes that {@link #writeHtml} writes; what matters less is left out until the page is as small. */
  public static final int PAGE_BYTES = 5_000_000;

  private static final int LENS_TOKENS = 3;
  private static final List<Station> STATIONS = List.of(Station.POSITION, Station.EMBEDDING, Station.RESIDUAL_PRE,
      Station.PROBABILITIES,
      Station.MIXED, Station.ATTENTION_WRITE, Station.ROUTER, Station.EXPERTS, Station.EXPERT_WEIGHTS,
      Station.MLP_WRITE, Station.RESIDUAL_POST);

  private final Material material;

  private Report(Material material) {
    this.material = material;
  }

  /** The same journey, looked at as closely as a report needs. Nothing must be captured and no lens asked for yet. */
  public static JourneyPlan ready(JourneyPlan plan) {
    return plan.capture(CapturePlan.of(STATIONS)).lens(LensPlan.at(Positions.all()).withTop(LENS_TOKENS));
  }

  /**
   * The report of a journey.
   *
   * @param model the open model that it went through
   * @param journey of a plan that was made {@link #ready}
   * @throws InvalidArgumentException if something a report needs was not looked at
   */
  public static Report of(Model model, Journey journey) {
    Material material = Material.of(model, journey);
    for (Station station : STATIONS) {
      if (!journey.capture().stations().contains(station)) {
        throw new InvalidArgumentException(
            "the journey did not capture " + station + "; make its plan ready for a report"
                + " with Report.ready(plan)");
      }
    }
    if (material.lenses().size() != material.length()) {
      throw new InvalidArgumentException("lenses read " + material.lenses().size() + " of " + material.length()
          + " positions; make the journey's plan ready for a report with Report.ready(plan)");
    }
    return new Report(material);
  }

  /** How the model is called in the report; its family unless set. */
  public Report named(String name) {
    return new Report(material.withName(Objects.requireNonNull(name, "name")));
  }

  /**
   * Counts the votes for and against this token, too, even where it is not among the most probable. Where it was decided itself,
   * the votes told are those against the most probable other one.
   */
  public Report against(int id) {
    if (id < 0 || id >= material.config().vocabularySize()) {
      throw new InvalidArgumentException("id is " + id + "; it must lie in [0, " + material.config().vocabularySize()
          + ")");
    }
    return new Report(material.withAgainst(id));
  }

  /** How the prompt was encoded: the report then tells which of its tokens the tokenizer added. */
  public Report prompted(Encoding encoding) {
    Set<Integer> added = IntStream.range(0, encoding.size()).filter(encoding::isAdded).boxed()
        .collect(Collectors.toUnmodifiableSet());
    return new Report(material.withAdded(added));
  }

  /** The journey as plain text, for readers who know no linear algebra; it follows the prompt's last token. */
  public String text() {
    StringWriter text = new StringWriter();
    writeText(new PrintWriter(text), TextOptions.DEFAULT);
    return text.toString();
  }

  /** Writes the journey as text; the writer is flushed. */
  public void writeText(PrintWriter out, TextOptions options) {
    new JourneyText(material, options, out).tell();
    out.flush();
  }

  /** Writes the whole journey as JSON, in UTF-8. The stream is not closed. */
  public void writeJson(OutputStream out) throws IOException {
    new JourneyJson(material, Limits.FILE).write(out);
  }

  /** Writes the whole journey as JSON to a file, which is replaced when the new one is complete. */
  public void writeJson(Path file) throws IOException {
    Replacement.of(file, this::writeJson);
  }

  /** Writes one HTML file of at most {@value #PAGE_BYTES} bytes that needs no network. The stream is not closed. */
  public void writeHtml(OutputStream out) throws IOException {
    new JourneyHtml(material).write(out, PAGE_BYTES);
  }

  /**
   * Writes one HTML file of at most {@value #PAGE_BYTES} bytes that needs no network; the file is replaced when the new
   * one is complete.
   */
  public void writeHtml(Path file) throws IOException {
    Replacement.of(file, this::writeHtml);
  }
}
