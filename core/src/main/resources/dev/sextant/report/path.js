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
    [
      "Only directions are compared; lengths are left out. ",
      "An arrow points where the score of a token grows, drawn from the end of the way; the shorter, the more it points out of the picture.",
    ],
  );
  const width = widthOf("path");
  const height = Math.round(Math.min(460, width * 0.85));
  const points = pathOf(state.position);
  const aimed = aims(points);
  const view = viewOf([...points, ...aimed.map(({tip}) => tip)], width, height);
  const canvas = canvasOf(width, height);
  const seen = points.map(view);
  const tips = aimed.map(({tip}) => view(tip));
  canvas.arrows.push(...tips.map(tip => [...seen.at(-1), ...tip]));
  canvas.lines.push(...seen.slice(1).map((point, i) => [...seen[i], ...point]));
  canvas.boxes.push(...seen.filter((_, i) => i % 2 === 0).map(([x, y]) => boxAround(x, y, 5)));
  const pointers = arrows(aimed, tips, seen.at(-1), canvas); // their names come first
  put(
    "path",
    picture(
      width,
      height,
      "The row's way through the layers, seen in two dimensions",
      legs(seen),
      stops(seen, canvas),
      pointers,
      otherEnds(view, canvas),
    ),
    key(["attention line", "moved by attention"], ["mlp line", "moved by the MLP"], ["arrow line", "towards a token"]),
  );
}

/** Maps a point into the picture, so that the way fills most of it. */
function viewOf(points, width, height) {
  const [xs, ys] = [0, 1].map(axis => points.map(point => point[axis]));
  const middle = values => (Math.max(...values) + Math.min(...values)) / 2;
  const scale = Math.min((0.72 * width) / extentOf(points, 0), (0.72 * height) / extentOf(points, 1));
  return ([x, y]) => [width / 2 + (x - middle(xs)) * scale, height / 2 - (y - middle(ys)) * scale];
}

/** How far points spread along an axis; 1 where they do not. */
function extentOf(points, axis) {
  const values = points.map(point => point[axis]);
  return Math.max(...values) - Math.min(...values) || 1;
}

function legs(seen) {
  return seen.slice(1).map(([x2, y2], i) => {
    const [x1, y1] = seen[i];
    return svg("line", {x1, y1, x2, y2, class: i % 2 === 0 ? "leg attention" : "leg mlp"});
  });
}

/** A dot behind each layer, with its number where there is room. */
function stops(seen, canvas) {
  const parts = [];
  for (let i = seen.length - 1; i >= 0; i -= 2) {
    const layer = i / 2;
    const [cx, cy] = seen[i];
    const chosen = layer - 1 === state.layer;
    const kind = i === 0 ? "start" : i === seen.length - 1 ? "end" : "stop";
    parts.push(
      svg("circle", {cx, cy, r: kind === "stop" ? (chosen ? 5 : 3) : 6, class: chosen ? `${kind} chosen` : kind}),
    );
    const at = layer > 0 ? placeFor(canvas, cx, cy, String(layer)) : null;
    if (at) parts.push(svg("text", {...at, class: "axis halo"}, String(layer)));
  }
  return parts;
}

/** From the end of the way towards the tokens that lead, and the two whose votes are compared: where arrows point. */
function aims(points) {
  const {next, votes} = told(state.position);
  const compared = votes && votes.against_base.length > 0 ? rivals(votes) : [];
  const shown = [...new Set([...compared, ...next.ids.slice(0, 3)])]
    .map(id => ({id, compared: compared.includes(id), arrow: directionOf(id)}))
    .filter(({arrow}) => arrow !== null);
  const [x, y] = points.at(-1);
  const extent = Math.max(...[0, 1].map(axis => extentOf(points, axis)));
  const scale = (0.4 * extent) / Math.max(1e-9, ...shown.map(({arrow}) => Math.hypot(...arrow)));
  return shown.map(aim => ({...aim, tip: [x + aim.arrow[0] * scale, y + aim.arrow[1] * scale]}));
}

/** Arrows, named at their tips: those of the two tokens compared for certain, others where there is room. */
function arrows(aims, tips, [x, y], canvas) {
  canvas.boxes.push(...tips.map(([tx, ty]) => boxAround(tx, ty, 6)));
  const names = new Map();
  for (const needed of [true, false]) {
    aims.forEach(({id, compared}, i) => {
      const [tx, ty] = tips[i];
      const name = visible(textOf(id));
      if (compared === needed) names.set(id, placeFor(canvas, tx, ty, name, {toLeft: tx < x, needed}));
    });
  }
  return aims.map(({id, compared}, i) => {
    const [tx, ty] = tips[i];
    const name = visible(textOf(id));
    return svg(
      "g",
      {class: compared ? "arrow compared" : "arrow"},
      svg("title", {}, `towards ${name}`),
      svg("line", {x1: x, y1: y, x2: tx, y2: ty}),
      arrowHead(tx, ty, Math.atan2(ty - y, tx - x)),
      names.get(id) ? svg("text", names.get(id), name) : null,
    );
  });
}

/** Where the picture's plane sees the direction of a token point; null where it is not known. */
function directionOf(id) {
  for (let i = 0; i < journey.directions.length; i += 3)
    if (journey.directions[i] === id) return journey.directions.slice(i + 1, i + 3);
  return null;
}

/** The head of an arrow. */
function arrowHead(x, y, angle) {
  const corner = turn => `${x - 8 * Math.cos(angle + turn)} ${y - 8 * Math.sin(angle + turn)}`;
  return svg("path", {d: `M${x} ${y} L${corner(0.4)} L${corner(-0.4)} z`});
}

/** Where the ways of other tokens end, with their texts where there is room. */
function otherEnds(view, canvas) {
  const parts = [];
  journey.positions.forEach((_, i) => {
    const position = i + journey.first;
    const [cx, cy] = view(pathOf(position).at(-1));
    if (position === state.position || cx < 8 || cx > canvas.width - 8 || cy < 8 || cy > canvas.height - 8) return;
    const text = visible(textOf(ids()[position]));
    const dot = {cx, cy, r: 3.5, class: "other", click: () => choose({position})};
    parts.push(svg("circle", dot, svg("title", {}, `${text}, position ${position}`)));
    const at = placeFor(canvas, cx, cy, text, {strict: true});
    if (at) parts.push(svg("text", {...at, class: "named"}, text));
  });
  return parts;
}
