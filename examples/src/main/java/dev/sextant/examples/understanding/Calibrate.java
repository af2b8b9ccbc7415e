package dev.sextant.examples.understanding;

import dev.sextant.Model;
import dev.sextant.explain.Calibration;
import java.nio.file.Path;

/** Whether a model is as sure of a text as it should be. Argument: the folder of a model. */
public final class Calibrate {
  private Calibrate() {}

  public static void main(String[] args) {
    // @start region="calibrate"
    try (Model model = Model.load(Path.of(args[0]))) {
      String text = "Today is Monday. Tomorrow is Tuesday. Mia has two and Tom has three. Together they have five.";
      Calibration calibration = Calibration.of(model.scoring().text(text));
      for (Calibration.Bin bin : calibration.bins())
        if (bin.count() > 0)
          System.out.printf("sure %.1f to %.1f: %d places, right in %.2f%n", bin.from(), bin.to(), bin.count(),
              bin.accuracy());
      System.out.printf("ECE %.3f, best temperature %.2f%n", calibration.expectedError(),
          calibration.fit().temperature());
    }
    // @end region="calibrate"
  }
}
