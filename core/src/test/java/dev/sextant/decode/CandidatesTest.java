package dev.sextant.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CandidatesTest {
  private final Candidates candidates = new Candidates(5);

  @Test
  void theBestIsTheLowestIdAmongEquals() {
    candidates.load(new float[] {1, 3, Float.NEGATIVE_INFINITY, 3, 2});
    assertEquals(1, candidates.best());
    assertEquals(4, candidates.count());
  }

  @Test
  void aFractionThatIsRoundedUpToTheWholeEndsOnTheLastLeft() {
    candidates.load(new float[] {1, 3, 2, 1, Float.NEGATIVE_INFINITY});
    new TopK(2).apply(candidates, new History(5));
    assertEquals(2, candidates.at(1.0));
    assertEquals(1, candidates.at(0));
  }

  @Test
  void theHeapGivesTheBestFirst() {
    IdHeap heap = candidates.heap(new double[] {1, 3, 2, 3, 0}, IdHeap.Order.BEST_FIRST);
    for (int id = 4; id >= 0; id--) heap.append(id);
    heap.order();
    assertEquals(1, heap.remove());
    assertEquals(3, heap.remove());
    assertEquals(2, heap.top());
  }

  @Test
  void aGoalOutOfReachTakesAll() {
    double[] weights = {1, 3, 2, 3, 0.5};
    IdHeap heap = candidates.heap(weights, IdHeap.Order.BEST_FIRST);
    for (int id = 0; id < 5; id++) heap.append(id);
    heap.order();
    assertEquals(4, heap.removeUntil(9.51, weights));
  }
}
