// What each layer would say if it were the last.

function buildLens() {
  const {layers} = journey.model;
  const head = el("tr", {}, el("th", {scope: "col", class: "corner"}, "layer"), journey.positions.map((_, i) =>
    el("th", {scope: "col", "data-position": i + journey.first, click: () => choose({position: i + journey.first})}, token(ids()[i + journey.first]))));
  const rows = Array.from({length: layers}, (_, layer) => el("tr", {}, el("th", {scope: "row"}, String(layer + 1)),
    journey.positions.map((told, i) => {
      const [id, share] = saidBy(told.lens[layer])[0];
      const colour = much(share);
      const cell = el("td", {"data-position": i + journey.first, "data-layer": layer, title: lensTitle(told.lens[layer], layer),
        click: () => choose({position: i + journey.first, layer})}, visible(textOf(id)));
      cell.style.backgroundColor = rgb(colour);
      cell.style.color = ink(colour);
      return cell;
    })));
  put("lens", el("table", {}, el("thead", {}, head), el("tbody", {}, rows)));
}

/** What a layer would say: [id, probability] pairs, the best first. */
function saidBy({tokens}) {
  return Array.from({length: tokens.length / 2}, (_, i) => [tokens[2 * i], tokens[2 * i + 1] / 10000]);
}

const lensTitle = (said, layer) => `layer ${layer + 1}: ` + saidBy(said).map(([id, share]) => `${visible(textOf(id))} ${percent(share)}`).join(", ");

function showLens() {
  const here = told(state.position).lens;
  const final = best(state.position);
  let turned = here.length;
  while (turned > 0 && here[turned - 1].rank === 0) turned--;
  say("say-lens", ["Take the row behind a layer straight to the end, and see what the model would say. ", " leads", ".", " In the table each row is a layer, each column a token; the more certain, the stronger the colour."],
    token(final), turned === 0 ? " from the first layer on" : turned < here.length ? ` from layer ${turned + 1} on` : " only at the very end",
    turned > 0 && turned <= here.length ? ` Behind layer 1 it is number ${count(here[0].rank + 1)} in the order of all tokens.` : "");
  lensLine(here, final);
  for (const cell of $("lens").querySelectorAll("[data-position]")) {
    cell.classList.toggle("here", Number(cell.dataset.position) === state.position);
    cell.classList.toggle("now", Number(cell.dataset.position) === state.position && Number(cell.dataset.layer) === state.layer);
  }
  const cell = $("lens").querySelector(`th[data-position="${state.position}"]`);
  if (cell) keepInView($("lens"), cell);
}

function lensLine(here, final) {
  const width = widthOf("lens-line");
  const height = 120, left = 44, bottom = 24, top = 10;
  const layers = here.length;
  const step = (width - left - 8) / layers;
  const x = layer => left + layer * step;
  const y = share => top + (height - top - bottom) * (1 - share);
  const points = here.map(({probability}, layer) => [x(layer) + step / 2, y(probability / 10000)]);
  put("lens-line", svg("svg", {width, height, viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": `Probability of ${visible(textOf(final))} behind each layer`},
    [0, 0.5, 1].map(share => [svg("line", {x1: left, x2: width, y1: y(share), y2: y(share), class: "level"}),
      svg("text", {x: left - 6, y: y(share) + 4, class: "axis end"}, `${100 * share}%`)]).flat(),
    svg("polyline", {points: points.join(" "), class: "stream"}),
    points.map(([px, py], layer) => svg("circle", {cx: px, cy: py, r: layer === state.layer ? 5 : step > 14 ? 3 : 1.5, class: layer === state.layer ? "stop chosen" : "stop"},
      svg("title", {}, `layer ${layer + 1}: ${percent(here[layer].probability / 10000)}, rank ${here[layer].rank + 1}`))),
    layerNames(layers, x, step, height - 6)));
}
