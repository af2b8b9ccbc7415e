package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts longer than one piece of a pass, and texts that have to pass again. */
class PiecesTest {
  private static final LoadOptions LONG = LoadOptions.defaults().withContextLength(2000);

  private static int[] ids(int count) {
    return new Random(3).ints(count, 0, 90).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mixtral", "gemma3", "gpt_neox", "phi3-longrope"})
  void aLongTextIsTheSameInPiecesAndTokenByToken(String name) {
    int[] ids = ids(700);
    try (Model model = Golden.of(name).load(LONG); Session whole = model.session(); Session single = model.session()) {
      List<Integer> progress = new ArrayList<>();
      whole.append(ids, progress::add);
      for (int id : ids) single.append(id);
      assertArrayEquals(whole.distribution().logits(), single.distribution().logits(), 2e-4f);
      assertEquals(List.of(512, 700), progress);
    }
  }

  /** Beyond its trained length a LongRoPE text begins again; if that fails midway, it is as before and goes on right. */
  @Test
  void aTextThatFailedToPassAgainIsAsBefore() {
    int[] ids = ids(600);
    try (Model model = Golden.of("phi3-longrope").load(LONG); Session session = model.session()) {
      session.append(Arrays.copyOf(ids, 10));
      float[] before = session.distribution().logits();
      assertThrows(IllegalStateException.class, () -> session.append(ids, _ -> {
        throw new IllegalStateException("no more");
      }));
      assertEquals(10, session.length());
      assertArrayEquals(before, session.distribution().logits(), 1e-5f);
      session.append(ids[10]);
      assertArrayEquals(model.nextTokenDistribution(Arrays.copyOf(ids, 11)).logits(),
          session.distribution().logits(), 1e-5f);
    }
  }

  /** A LongRoPE text cut back to its trained length begins again to tell what comes next; that may fail midway, too. */
  @Test
  void aTextThatFailedToPassAgainAfterACutIsAsBefore() {
    int[] ids = ids(60);
    boolean[] fails = {true};
    try (Model model = Golden.of("phi3-longrope").load(LONG); Session session = model.session().append(ids)) {
      session.truncate(12);
      session.observe(Set.of(Station.MIXED), (_, layer, _) -> {
        if (fails[0] && layer == 1) throw new IllegalStateException("no more");
      });
      assertThrows(IllegalStateException.class, session::distribution);
      assertEquals(12, session.length());
      fails[0] = false;
      assertArrayEquals(model.nextTokenDistribution(Arrays.copyOf(ids, 12)).logits(),
          session.distribution().logits(), 1e-5f);
    }
  }
}
