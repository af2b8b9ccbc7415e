package dev.sextant;

import dev.sextant.architecture.Blueprint;
import dev.sextant.forward.Room;
import dev.sextant.kernel.Engine;
import dev.sextant.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The inside of one model. */
record ModelRoom(Model model, OpenedModel opened) implements Room {
  @Override
  public Blueprint blueprint() {
    return opened.blueprint();
  }

  @Override
  public String textOf(int id) {
    return model.textOf().apply(id);
  }

  @Override
  public int window() {
    return model.window();
  }

  @Override
  public void check() {
    model.check();
  }

  @Override
  public <T> T enter(BiFunction<Weights, Engine, T> work) {
    List<T> result = new ArrayList<>(1);
    model.pass(() -> result.add(work.apply(opened.weights(), opened.newEngine())));
    return result.getFirst();
  }
}
