// The way of the followed token's row through the layers, seen in two dimensions.

/** Half steps: even points stand behind a whole layer, odd ones behind attention. */
function pathOf(position) {
  const flat = told(position).path;
  return Array.from({length: flat.length / 2}, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

function showPath() {
  const [one, two] = journey.plane.explained;
  say(
    "say-path",
    [
      "A row of ",
      " numbers is a direction in a space of as many dimensions. Here it is seen from where there is most to see, ",
      " of how rows differ: from the embedding, ○, behind each layer, to the end, ●. ",
      " Faint dots are the ends of other tokens' ways.",
    ],
    journey.model.hidden,
    percent(one + two),
    ["Only directions are compared; lengths are left out."],
  );
  const width = widthOf("path");
  const height = Math.round(Math.min(460, width * 0.85));
  const points = pathOf(state.position);
  const view = viewOf(points, width, height);
  const taken = [];
  put(
    "path",
    svg(
      "svg",
      {
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        role: "img",
        "aria-label": "The row's way through the layers, seen in two dimensions",
      },
      legs(points, view),
      stops(points, view, taken),
      otherEnds(view, width, height, taken),
    ),
    key(["attention line", "moved by attention"], ["mlp line", "moved by the MLP"]),
  );
}

/** Maps a point into the picture, so that the way fills most of it. */
function viewOf(points, width, height) {
  const [xs, ys] = [0, 1].map(axis => points.map(point => point[axis]));
  const middle = values => (Math.max(...values) + Math.min(...values)) / 2;
  const extent = values => Math.max(...values) - Math.min(...values) || 1;
  const scale = Math.min((0.72 * width) / extent(xs), (0.72 * height) / extent(ys));
  return ([x, y]) => [width / 2 + (x - middle(xs)) * scale, height / 2 - (y - middle(ys)) * scale];
}

function legs(points, view) {
  return points.slice(1).map((point, i) => {
    const [x1, y1] = view(points[i]);
    const [x2, y2] = view(point);
    return svg("line", {x1, y1, x2, y2, class: i % 2 === 0 ? "leg attention" : "leg mlp"});
  });
}

/** A dot behind each layer, with its number where there is room. */
function stops(points, view, taken) {
  const parts = [];
  for (let i = points.length - 1; i >= 0; i -= 2) {
    const layer = i / 2;
    const [cx, cy] = view(points[i]);
    const chosen = layer - 1 === state.layer;
    const kind = i === 0 ? "start" : i === points.length - 1 ? "end" : "stop";
    parts.push(
      svg("circle", {cx, cy, r: kind === "stop" ? (chosen ? 5 : 3) : 6, class: chosen ? `${kind} chosen` : kind}),
    );
    if (layer > 0 && free(cx, cy, 26, taken))
      parts.push(svg("text", {x: cx + 10, y: cy + 4, class: "axis halo"}, String(layer)));
  }
  return parts;
}

/** Where the ways of other tokens end, with their texts where there is room. */
function otherEnds(view, width, height, taken) {
  const parts = [];
  journey.positions.forEach((_, i) => {
    const position = i + journey.first;
    const [cx, cy] = view(pathOf(position).at(-1));
    if (position === state.position || cx < 8 || cx > width - 8 || cy < 8 || cy > height - 8) return;
    const text = visible(textOf(ids()[position]));
    const dot = {cx, cy, r: 3.5, class: "other", click: () => choose({position})};
    parts.push(svg("circle", dot, svg("title", {}, `${text}, position ${position}`)));
    if (cx < width - 80 && free(cx, cy, 14 + 7 * text.length, taken))
      parts.push(svg("text", {x: cx + 8, y: cy + 4, class: "named"}, text));
  });
  return parts;
}

/** Whether nothing is written there yet; then the place is taken. */
function free(x, y, width, taken) {
  if (taken.some(other => Math.abs(other.y - y) < 16 && x < other.x + other.width && other.x < x + width)) return false;
  taken.push({x, y, width});
  return true;
}
