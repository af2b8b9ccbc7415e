// What each layer would say if it were the last.

function buildLens() {
  const {layers} = journey.model;
  const head = el(
    "tr",
    {},
    el("th", {scope: "col", class: "corner"}, "layer"),
    journey.positions.map((_, i) =>
      el(
        "th",
        {scope: "col", "data-position": i + journey.first, click: () => choose({position: i + journey.first})},
        token(ids()[i + journey.first]),
      ),
    ),
  );
  const rows = Array.from({length: layers + 1}, (_, reading) =>
    el(
      "tr",
      {},
      el("th", {scope: "row"}, reading === 0 ? "start" : String(reading)),
      journey.positions.map((told, i) => {
        const [id, share] = saidBy(told.lens[reading])[0];
        const colour = much(share);
        const cell = el(
          "td",
          {
            "data-position": i + journey.first,
            "data-layer": reading - 1,
            title: lensTitle(told.lens[reading], reading),
            click: () => choose({position: i + journey.first, layer: Math.max(0, reading - 1)}),
          },
          visible(textOf(id)),
        );
        cell.style.backgroundColor = rgb(colour);
        cell.style.color = ink(colour);
        return cell;
      }),
    ),
  );
  put("lens", el("table", {}, el("thead", {}, head), el("tbody", {}, rows)));
}

/** What a layer would say: [id, probability] pairs, the best first. */
function saidBy({tokens}) {
  return Array.from({length: tokens.length / 2}, (_, i) => [tokens[2 * i], tokens[2 * i + 1] / 10000]);
}

const lensTitle = (said, reading) =>
  `${reading === 0 ? "start" : `layer ${reading}`}: ` +
  saidBy(said)
    .map(([id, share]) => `${visible(textOf(id))} ${percent(share)}`)
    .join(", ");

function showLens() {
  const here = told(state.position).lens;
  const final = best(state.position);
  let turned = here.length;
  while (turned > 0 && here[turned - 1].rank === 0) turned--;
  say(
    "say-lens",
    [
      "Take the row behind a layer straight to the end, and see what the model would say. ",
      " leads",
      ".",
      " In the table each row is a layer, each column a token; the more certain, the stronger the colour.",
    ],
    token(final),
    [turned === 0 ? " from the start" : ` from layer ${turned} on`],
    [turned > 0 ? ` At the start it is number ${count(here[0].rank + 1)} in the order of all tokens.` : ""],
  );
  lensLine(here, final);
  for (const cell of $("lens").querySelectorAll("[data-position]")) {
    cell.classList.toggle("here", Number(cell.dataset.position) === state.position);
    cell.classList.toggle(
      "now",
      Number(cell.dataset.position) === state.position && Number(cell.dataset.layer) === state.layer,
    );
  }
  const cell = $("lens").querySelector(`th[data-position="${state.position}"]`);
  if (cell) keepInView($("lens"), cell);
}

function lensLine(here, final) {
  const width = widthOf("lens-line");
  const height = 120,
    left = 44,
    bottom = 24,
    top = 10;
  const layers = here.length - 1;
  const step = (width - left - 8) / (layers + 1);
  const x = layer => left + (layer + 1) * step;
  const y = share => top + (height - top - bottom) * (1 - share);
  const points = here.map(({probability}, reading) => [x(reading - 1) + step / 2, y(probability / 10000)]);
  put(
    "lens-line",
    picture(
      width,
      height,
      `Probability of ${visible(textOf(final))} behind each layer`,
      [0, 0.5, 1]
        .map(share => [
          svg("line", {x1: left, x2: width, y1: y(share), y2: y(share), class: "level"}),
          svg("text", {x: left - 6, y: y(share) + 4, class: "axis end"}, `${100 * share}%`),
        ])
        .flat(),
      svg("polyline", {points: points.join(" "), class: "stream"}),
      points.map(([px, py], reading) =>
        svg(
          "circle",
          {
            cx: px,
            cy: py,
            r: reading - 1 === state.layer ? 5 : step > 14 ? 3 : 1.5,
            class: reading - 1 === state.layer ? "stop chosen" : "stop",
          },
          svg(
            "title",
            {},
            `${reading === 0 ? "start" : `layer ${reading}`}: ${percent(here[reading].probability / 10000)}, rank ${here[reading].rank + 1}`,
          ),
        ),
      ),
      svg("text", {x: x(-1) + step / 2, y: height - 6, class: "axis middle"}, step > 40 ? "start" : "0"),
      layerNames(layers, x, step, height - 6),
    ),
  );
}
