// Steps 5 and 6: the distribution, what filters make of it, and the token taken.

const SHOWN = 12;
const topKs = () => [
  ...[1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300].filter(
    k => k <= told(state.position).next.ids.length,
  ),
  0,
];

function buildExpectation() {
  $("temperature").max = journey.temperatures.length;
  $("temperature").addEventListener("input", event =>
    choose({temperature: event.target.value === "0" ? 0 : journey.temperatures[event.target.value - 1]}),
  );
  $("top-k").addEventListener("input", event => choose({topK: topKs()[event.target.value]}));
  $("top-p").addEventListener("input", event => choose({topP: Number(event.target.value) / 100}));
  $("as-run").addEventListener("click", () => choose(runSettings()));
  $("as-model").addEventListener("click", () => choose({temperature: 1, topK: 0, topP: 1}));
}

/** The settings of the run, as near as the sliders come. */
function runSettings() {
  const {temperature, topK, topP} = journey.decoding;
  const nearest = (list, value) => list.reduce((a, b) => (Math.abs(b - value) < Math.abs(a - value) ? b : a));
  return {
    temperature: temperature === 0 ? 0 : nearest(journey.temperatures, temperature),
    topK: topK === 0 ? 0 : nearest(topKs().slice(0, -1), topK),
    topP,
  };
}

function showExpectation() {
  const next = told(state.position).next;
  say(
    "say-expectation",
    [
      "The row of ",
      ", as it is after the last layer, is brought to a standard size and held against one row for each of the ",
      " tokens. The better the two match, the higher the token's score, its logit; and a higher logit means a higher probability. It is as undecided as between ",
      " equally likely tokens. The sliders change how such scores are turned into a choice; the numbers are computed anew from the logits.",
    ],
    token(ids()[state.position]),
    count(journey.model.vocabulary),
    decimal(Math.exp(next.entropy), 1),
  );
  const list = topKs();
  $("temperature").value = state.temperature === 0 ? 0 : journey.temperatures.indexOf(state.temperature) + 1;
  $("top-k").max = list.length - 1;
  $("top-k").value = list.includes(state.topK) ? list.indexOf(state.topK) : list.length - 1;
  $("top-p").value = Math.round(100 * state.topP);
  put("temperature-is", state.temperature === 0 ? "0, always the best" : decimal(state.temperature, 2));
  put("top-k-is", state.topK === 0 ? "all" : String(state.topK));
  put("top-p-is", state.topP >= 1 ? "all" : decimal(state.topP, 2));
  showDistribution(next);
  showChoice(next);
}

function showDistribution(next) {
  const model = own(next).probabilities;
  const now = filtered(next, state);
  const came = followed(state.position);
  const show = next.ids.slice(0, SHOWN).map((_, i) => i);
  if (next.ids.indexOf(came) >= SHOWN) show.push(next.ids.indexOf(came));
  const widest = Math.max(now.probabilities[0], model[0]);
  const rows = show.map(i =>
    el(
      "tr",
      {class: `${i >= now.kept ? "cut" : ""} ${next.ids[i] === came ? "taken" : ""}`},
      el("th", {scope: "row"}, token(next.ids[i])),
      el("td", {class: "number faint roomy"}, decimal(next.logits[i], 3)),
      el("td", {class: "wide"}, twoBars(model[i] / widest, (now.probabilities[i] ?? 0) / widest)),
      el("td", {class: "number"}, i < now.kept ? percent(now.probabilities[i]) : "cut"),
    ),
  );
  const shownNow = show.reduce((sum, i) => sum + (now.probabilities[i] ?? 0), 0);
  const others = journey.model.vocabulary - show.length;
  if (others > 0)
    rows.push(
      el(
        "tr",
        {class: "others"},
        el("th", {scope: "row"}, `${count(others)} others`),
        el("td", {class: "roomy"}),
        el("td", {class: "wide"}),
        el("td", {class: "number"}, percent(Math.max(0, 1 - shownNow))),
      ),
    );
  put(
    "distribution",
    el(
      "table",
      {class: "list"},
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ["token", "logit", "", "probability"].map((text, i) =>
            el("th", {scope: "col", class: i === 1 ? "number roomy" : i === 3 ? "number" : ""}, text),
          ),
        ),
      ),
      el("tbody", {}, rows),
    ),
    key(["fillkey", "with these settings"], ["ghost", "as the model says"]),
  );
  const left = now.rest > 0 ? journey.model.vocabulary : now.kept;
  put(
    "say-filters",
    `With these settings ${plural(left, "token")} of ${count(journey.model.vocabulary)} can be drawn. `,
    now.rest > 0 && next.tail && state.topP < 1
      ? `Top-p reaches beyond the ${count(next.ids.length)} tokens that are listed here. All others count as kept, so these probabilities are a little too low.`
      : "",
  );
}

function twoBars(before, after) {
  const track = bar(after, "now");
  const ghost = el("span", {class: "ghost"});
  ghost.style.width = `${100 * before}%`;
  track.append(ghost);
  return track;
}

function showChoice(next) {
  const {choice} = told(state.position);
  const came = followed(state.position);
  put("draw");
  if (!choice) {
    return came === undefined
      ? say("say-choice", ["The text ends here; nothing was chosen."])
      : say("say-choice", ["", " was given with the text; nothing was chosen here."], token(came));
  }
  const probability = percent(choice.probability);
  if (choice.drawn === null || choice.drawn === undefined) {
    say(
      "say-choice",
      [
        "The most probable token is always taken (greedy decoding): ",
        ". It is added to the text, and the journey begins again.",
      ],
      token(choice.id),
    );
    return;
  }
  const again = drawn(next, state, choice.drawn);
  say(
    "say-choice",
    [
      "In this run the filters left ",
      ". A random number between 0 and 1 was drawn, ",
      ", and it points at ",
      ", which had ",
      " of the line.",
      " It is added to the text, and the journey begins again.",
    ],
    plural(choice.candidates, "token"),
    decimal(choice.drawn, 4),
    token(choice.id),
    probability,
    again === null
      ? [" With the settings of the sliders, tokens stand on the line that are not kept here, so it is not drawn."]
      : again === choice.id
        ? [" With the settings of the sliders the same number points at it too."]
        : [" With the settings of the sliders the same number would point at ", token(again), "."],
  );
  if (again !== null) drawLine(next, choice.drawn);
}

/** All tokens that can be drawn stand on a line in order of their ids, each as wide as it is probable. */
function drawLine(next, number) {
  const width = widthOf("draw");
  const height = 74;
  const result = filtered(next, state);
  const order = next.ids
    .slice(0, result.kept)
    .map((id, i) => [id, result.probabilities[i]])
    .sort((a, b) => a[0] - b[0]);
  const parts = [];
  let sum = 0;
  order.forEach(([id, probability], i) => {
    const x = sum * width;
    const hit = sum <= number && number < sum + probability;
    parts.push(
      svg(
        "rect",
        {
          x,
          y: 22,
          width: Math.max(0.5, probability * width - 1),
          height: 26,
          class: hit ? "segment hit" : i % 2 ? "segment odd" : "segment",
        },
        svg("title", {}, `${visible(textOf(id))} ${percent(probability)}`),
      ),
    );
    const text = visible(textOf(id));
    if (probability * width > 9 * text.length + 8)
      parts.push(
        svg("text", {x: x + (probability * width) / 2, y: 39, class: hit ? "axis middle onhit" : "axis middle"}, text),
      );
    sum += probability;
  });
  const at = number * width;
  parts.push(
    svg("path", {d: `M${at - 6} 8 h12 l-6 10 z`, class: "needle"}),
    svg("line", {x1: at, x2: at, y1: 16, y2: 52, class: "needle"}),
    svg("text", {x: Math.min(width - 24, Math.max(24, at)), y: 68, class: "axis middle strong"}, decimal(number, 4)),
  );
  put(
    "draw",
    picture(
      width,
      height,
      `The line of all candidates, with the number ${decimal(number, 4)} marked`,
      parts,
    ),
  );
}
