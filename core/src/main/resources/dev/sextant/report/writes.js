// Lengths through the layers, and what charts of layers share.

function showWrites() {
  const here = told(state.position);
  say(
    "say-writes",
    [
      "The row enters with length ",
      " and leaves with ",
      ". Checked in all layers: what went in, plus what attention and the MLP added, is what came out, up to ",
      " of its length, which is ",
      ".",
    ],
    decimal(here.residual[0], 2),
    decimal(here.residual.at(-1), 2),
    power(here.imbalance),
    [
      here.imbalance < 1e-5
        ? "rounding"
        : journey.changes.length
          ? "what the changes of this run did"
          : "more than rounding explains: something is wrong",
    ],
  );
  const width = widthOf("writes");
  const height = 190,
    left = 44,
    bottom = 26,
    top = 12;
  const largest = Math.max(...here.residual, ...here.attention, ...here.mlp);
  const layers = here.mlp.length;
  const step = (width - left - 8) / layers;
  const y = value => top + (height - top - bottom) * (1 - value / largest);
  const x = layer => left + layer * step;
  const bars = [];
  for (let layer = 0; layer < layers; layer++) {
    const wide = Math.max(1, Math.min(26, step * 0.36));
    const centre = x(layer) + step / 2;
    bars.push(
      svg("rect", {
        x: centre - wide,
        y: y(here.attention[layer]),
        width: wide - 0.5,
        height: y(0) - y(here.attention[layer]),
        class: "attention",
      }),
      svg("rect", {
        x: centre + 0.5,
        y: y(here.mlp[layer]),
        width: wide,
        height: y(0) - y(here.mlp[layer]),
        class: "mlp",
      }),
      svg(
        "rect",
        {x: x(layer), y: 0, width: step, height, class: "touch", click: () => choose({layer})},
        svg(
          "title",
          {},
          `Layer ${layer + 1}: attention ${decimal(here.attention[layer], 2)}, MLP ${decimal(here.mlp[layer], 2)}, row behind it ${decimal(here.residual[layer + 1], 2)}`,
        ),
      ),
    );
  }
  const points = here.residual.map((norm, layer) => `${x(layer)},${y(norm)}`).join(" ");
  put(
    "writes",
    picture(
      width,
      height,
      "Length of what attention and MLP add in each layer, and of the row",
      svg("rect", {x: x(state.layer), y: 0, width: step, height: height - bottom, class: "chosen"}),
      scaleLines(largest, y, left, width),
      svg("polyline", {points, class: "stream"}),
      bars,
      layerNames(layers, x, step, height - 8),
    ),
    key(["attention", "attention adds"], ["mlp", "the MLP adds"], ["stream line", "length of the row"]),
  );
}

/** Level lines at round numbers. */
function scaleLines(largest, y, left, width, least = 0) {
  const rough = (largest - least) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(n => n * power).find(n => n >= rough);
  const lines = [];
  for (let value = Math.ceil(least / step) * step; value <= largest; value += step) {
    lines.push(
      svg("line", {x1: left, x2: width, y1: y(value), y2: y(value), class: "level"}),
      svg(
        "text",
        {x: left - 6, y: y(value) + 4, class: "axis end"},
        String(Number(value.toPrecision(3))).replace("-", "−"),
      ),
    );
  }
  return lines;
}

function layerNames(layers, x, step, y) {
  const every = Math.ceil(26 / step);
  return Array.from({length: layers}, (_, layer) =>
    layer % every === 0 || (layer === state.layer && step * every > 40)
      ? svg(
          "text",
          {x: x(layer) + step / 2, y, class: layer === state.layer ? "axis middle strong" : "axis middle"},
          String(layer + 1),
        )
      : null,
  ).filter(Boolean);
}

function key(...entries) {
  return el(
    "p",
    {class: "key"},
    entries.map(([kind, text]) => el("span", {}, el("i", {class: kind}), text)),
  );
}
