// Step 4: layer by layer, what each head looks at.

/** Where a head looks from a position: [source, share] pairs, the strongest first. */
function looks(layer, head, position) {
  const flat = told(position).heads[layer][head];
  const pairs = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i], flat[i + 1] / 10000]);
  return pairs;
}

function buildAttention() {
  const {model} = journey;
  $("layer").max = model.layers;
  put("layers-title", `Through ${plural(model.layers, "layer")}: look back, and think`);
  say(
    "say-layers",
    [
      "The row now passes through the layers, one after the other. No layer replaces it; each adds to it twice. Attention looks back: each of ",
      ", which have learned to look for different things, shares out 100% of its attention among the tokens so far, and what it finds there is added. The MLP, a small network that sees this one token only, adds what it makes of it.",
    ],
    plural(model.heads, "head"),
  );
  put(
    "arcs",
    svg("svg", {"aria-hidden": "true"}),
    el(
      "div",
      {class: "line"},
      ids().map((id, position) =>
        el("span", {class: "piece", click: () => told(position) && choose({position})}, visible(textOf(id))),
      ),
    ),
  );
}

function showAttention() {
  const {layer, position} = state;
  const here = told(position);
  $("layer").value = layer + 1;
  put("layer-is", `${layer + 1} of ${journey.model.layers}`);
  say(
    "say-layer",
    [
      "In layer ",
      ", attention adds a row of length ",
      " to the row of ",
      ", the MLP one of length ",
      ". Together they change its length from ",
      " to ",
      " and turn its direction by ",
      ".",
      "",
    ],
    layer + 1,
    decimal(here.attention[layer], 2),
    token(ids()[position]),
    decimal(here.mlp[layer], 2),
    decimal(here.residual[layer], 2),
    decimal(here.residual[layer + 1], 2),
    `${decimal(here.turn[layer], 0)}°`,
    [
      " If the journey ended here, the model would say ",
      saidBy(here.lens[layer + 1]).map(([id, share], i) => [i ? ", " : "", token(id), ` ${percent(share)}`]),
      ".",
    ].flat(2),
  );
  put(
    "heads-hint",
    "Each picture has a row for each token of the text, down, and a column for each token it can look back at. Choose a head.",
  );
  put(
    "heads",
    here.heads[layer].map((_, head) => thumbnail(layer, head)),
  );
  showHead();
}

function thumbnail(layer, head) {
  const chosen = head === state.head;
  const canvas = el("canvas", {"aria-hidden": "true"});
  drawMap(canvas, layer, head);
  const [source, share] = looks(layer, head, state.position)[0] ?? [0, 0];
  return el(
    "button",
    {
      type: "button",
      role: "radio",
      "aria-checked": String(chosen),
      tabindex: chosen ? "0" : "-1",
      class: "head",
      click: () => choose({head}),
      "aria-label": `Head ${head + 1}, looks most at ${visible(textOf(ids()[source]))}, ${percent(share)}`,
    },
    canvas,
    el("span", {}, `Head ${head + 1}`),
    el("small", {}, token(ids()[source])),
  );
}

/** A pixel for each pair of tokens; the followed token's row is marked beside the picture. */
function drawMap(canvas, layer, head) {
  const size = journey.positions.length;
  canvas.width = size + journey.first;
  canvas.height = size;
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, size);
  const nothing = much(0);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row + journey.first; column++) paint(image, row, column, nothing);
    for (const [source, share] of looks(layer, head, row + journey.first))
      paint(image, row, source, much(Math.sqrt(share)));
  }
  context.putImageData(image, 0, 0);
}

function paint(image, row, column, colour) {
  image.data.set([...colour, 255], 4 * (row * image.width + column));
}

function showHead() {
  const {layer, head, position} = state;
  const pairs = looks(layer, head, position);
  const rest = 1 - pairs.reduce((sum, pair) => sum + pair[1], 0);
  const id = ids()[position];
  put("head-title", `Layer ${layer + 1}, head ${head + 1}`);
  say(
    "say-head",
    ["Here ", " looks most at ", ", with ", " of this head's attention.", ""],
    token(id),
    pairs.length ? name(pairs[0][0]) : "nothing",
    percent(pairs[0]?.[1] ?? 0),
    [rest > 0.02 ? ` ${percent(rest)} goes to tokens too faint to be kept here.` : ""],
  );
  put(
    "looks",
    el(
      "table",
      {class: "list"},
      el("caption", {class: "unseen"}, "What this head looks at"),
      el(
        "tbody",
        {},
        pairs
          .slice(0, 10)
          .map(([source, share]) =>
            el(
              "tr",
              {},
              el("td", {class: "number faint"}, String(source)),
              el("th", {scope: "row"}, name(source)),
              el("td", {class: "wide"}, bar(share)),
              el("td", {class: "number"}, percent(share)),
            ),
          ),
      ),
    ),
  );
  drawMap($("map"), layer, head);
  $("map").setAttribute("role", "img");
  $("map").setAttribute("aria-label", `Heat map of layer ${layer + 1}, head ${head + 1}: rows look at columns`);
  put(
    "map-caption",
    "All tokens with this head: each row is a token that looks, each column one that is looked at. The frame marks the followed token.",
  );
  markRow();
  drawArcs(pairs);
  showDistance(layer, head);
}

/** How this head's attention depends on how far back it looks: means over the whole text. */
function showDistance(layer, head) {
  const all = journey.distances[layer][head].map(units => units / 10000);
  const shares = all.slice(0, -1);
  const known = shares.length > 1;
  for (const id of ["distance-title", "say-distance", "distance"]) $(id).hidden = !known;
  if (!known) return;
  say(
    "say-distance",
    ["Over this text, this head gives on average ", " of its attention to the token itself, ", " to the one before it", "."],
    percent(shares[0]),
    percent(shares[1]),
    [all.at(-1) > 0 ? ` and ${percent(all.at(-1))} to all that is ${shares.length} tokens back and farther` : ""],
  );
  const width = widthOf("distance");
  const height = 150,
    left = 44,
    top = 10,
    bottom = 26;
  const most = Math.max(0.01, ...shares);
  const y = share => top + (height - top - bottom) * (1 - share / most);
  const step = (width - left - 8) / shares.length;
  const every = Math.ceil(22 / step);
  put(
    "distance",
    picture(
      width,
      height,
      `Mean attention of layer ${layer + 1}, head ${head + 1} by distance`,
      [0, most / 2, most].map(share => [
        svg("line", {x1: left, x2: width, y1: y(share), y2: y(share), class: "level"}),
        svg("text", {x: left - 6, y: y(share) + 4, class: "axis end"}, percent(share)),
      ]).flat(),
      shares.map((share, back) =>
        svg(
          "rect",
          {
            x: left + back * step + 1,
            width: Math.max(1, step - 2),
            y: y(share),
            height: Math.max(0.5, y(0) - y(share)),
            class: "distance",
          },
          svg("title", {}, `${back === 0 ? "the token itself" : plural(back, "token") + " back"}: ${percent(share)}`),
        ),
      ),
      shares
        .map((_, back) =>
          back % every === 0
            ? svg("text", {x: left + (back + 0.5) * step, y: height - 8, class: "axis middle"}, String(back))
            : null,
        )
        .filter(Boolean),
    ),
  );
}

const name = source => [token(ids()[source]), source === state.position ? " (itself)" : ""];

/** A frame around the row of the followed token. */
function markRow() {
  const rows = journey.positions.length;
  $("row").style.top = `${(100 * (state.position - journey.first)) / rows}%`;
  $("row").style.height = `${100 / rows}%`;
}

/** An arc from the followed token to each that it looks at, the wider the more. */
function drawArcs(pairs) {
  const line = $("arcs").querySelector(".line");
  const drawing = $("arcs").querySelector("svg");
  const height = 130;
  const middle = piece => piece.offsetLeft + piece.offsetWidth / 2;
  const shares = new Map(pairs);
  const here = middle(line.children[state.position]);
  Array.from(line.children).forEach((piece, at) => {
    const colour = much(Math.sqrt(shares.get(at) ?? 0));
    piece.style.backgroundColor = at <= state.position ? rgb(colour) : "";
    piece.style.color = at <= state.position ? ink(colour) : "";
    piece.classList.toggle("here", at === state.position);
  });
  fill(drawing, {width: line.scrollWidth, height, viewBox: `0 0 ${line.scrollWidth} ${height}`}, []);
  drawing.replaceChildren(
    ...pairs
      .filter(pair => pair[1] >= 0.01)
      .reverse()
      .map(([source, share]) => {
        const there = middle(line.children[source]);
        const d =
          source === state.position
            ? `M${here - 7} ${height} C${here - 16} ${height - 34} ${here + 16} ${height - 34} ${here + 7} ${height}`
            : `M${there} ${height} A${(here - there) / 2} ${Math.min(height - 8, 24 + (here - there) / 3)} 0 0 1 ${here} ${height}`;
        return svg("path", {
          d,
          class: "arc",
          "stroke-width": (1 + 9 * share).toFixed(2),
          "stroke-opacity": (0.25 + 0.75 * share).toFixed(2),
        });
      }),
  );
  keepInView($("arcs"), line.children[state.position]);
}

/** Scrolls a box sideways, and only that box, until the element in it is seen. */
function keepInView(box, element) {
  const left = element.getBoundingClientRect().left - box.getBoundingClientRect().left + box.scrollLeft;
  if (left < box.scrollLeft + 60 || left + element.offsetWidth > box.scrollLeft + box.clientWidth - 20) {
    box.scrollLeft = left + element.offsetWidth - 0.8 * box.clientWidth;
  }
}
