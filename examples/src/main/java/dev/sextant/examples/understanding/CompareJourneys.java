package dev.sextant.examples.understanding;

import dev.sextant.Journey;
import dev.sextant.JourneyPlan;
import dev.sextant.Model;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Gap;
import dev.sextant.explain.JourneyDiff;
import dev.sextant.tokenizer.EncodeOptions;
import dev.sextant.trace.Station;
import java.nio.file.Path;

/** Where two prompts part, and whose votes turned. Argument: the folder of a model. */
public final class CompareJourneys {
  private CompareJourneys() {}

  public static void main(String[] args) {
    // @start region="compare-journeys"
    try (Model model = Model.load(Path.of(args[0]))) {
      int[] days = model.tokenizer().encodeIds(" Tuesday Saturday", EncodeOptions.AS_IS);
      JourneyPlan plan = model.journey().capture(Station.RESIDUAL_POST).votes(Contest.between(days[0], days[1]));
      Journey monday = plan.prompt("Today is Monday. Tomorrow is").run();
      Journey friday = plan.prompt("Today is Friday. Tomorrow is").run();
      JourneyDiff diff = JourneyDiff.of(monday, friday);
      Gap first = diff.parting().orElseThrow();
      System.out.printf("they part at %s of layer %d, position %d%n", first.station(), first.layer() + 1,
          first.position());
      for (Gap gap : diff.byLayer(Station.RESIDUAL_POST, monday.promptLength() - 1))
        System.out.printf("layer %d: at the last token %.2f apart%n", gap.layer() + 1, gap.relative());
      diff.turnedVotes(0).stream().limit(3).forEach(vote -> System.out
          .printf("%s: %+.2f became %+.2f%n", vote.part().label(), vote.before(), vote.after()));
    }
    // @end region="compare-journeys"
  }
}
