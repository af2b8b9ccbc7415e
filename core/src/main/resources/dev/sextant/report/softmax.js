// From kept logits to probabilities, as the library does it: temperature, then top-k, then top-p.

/**
 * What the filters make of the expectation at a position.
 * All tokens beyond those kept count together: their part is known exactly at each temperature the slider has.
 * @returns {kept: how many of the tokens listed survive, probabilities: of those, rest: of all others together}
 */
function filtered(next, {temperature, topK, topP}) {
  const logits = next.logits;
  if (temperature === 0) return {kept: 1, probabilities: [1], rest: 0};
  const best = logits[0] / temperature;
  const weights = logits.map(logit => Math.exp(logit / temperature - best));
  const restAt = next.tail ? next.tail[journey.temperatures.indexOf(temperature)] : null;
  let rest = restAt === null ? 0 : Math.exp(restAt - best);
  let kept = weights.length;
  if (topK > 0) {
    kept = Math.min(kept, topK);
    rest = 0;
  }
  const sum = n => weights.slice(0, n).reduce((a, b) => a + b, 0);
  if (topP < 1) {
    const goal = topP * (sum(kept) + rest);
    let reached = 0;
    for (let i = 0; i < kept; i++) {
      reached += weights[i];
      if (reached >= goal) {
        kept = i + 1;
        rest = 0;
        break;
      }
    }
  }
  const total = sum(kept) + rest;
  return {kept, probabilities: weights.slice(0, kept).map(weight => weight / total), rest: rest / total};
}

/** The model's own probabilities of the tokens listed. */
const own = next => filtered(next, {temperature: 1, topK: 0, topP: 1});

/** The token that a number in [0, 1) points at; null if it may lie beyond those kept. Tokens stand in order of id. */
function drawn(next, settings, number) {
  const result = filtered(next, settings);
  if (result.rest > 0) return null;
  const order = next.ids
    .slice(0, result.kept)
    .map((id, i) => [id, result.probabilities[i]])
    .sort((a, b) => a[0] - b[0]);
  let sum = 0;
  for (const [id, probability] of order) {
    sum += probability;
    if (sum > number) return id;
  }
  return order.at(-1)[0];
}
