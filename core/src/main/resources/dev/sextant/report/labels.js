// Finding room for texts in a drawing.

/** Pixels from a point to the text beside it. */
const GAP = 10;

/** What is drawn: boxes and arrows, which no text may cover, and other lines, which it had better not. */
function canvasOf(width, height) {
  return {width, height, boxes: [], arrows: [], lines: []};
}

const boxAround = (x, y, radius) => ({left: x - radius, top: y - radius, right: x + radius, bottom: y + radius});
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Whether a line passes through a box. */
function crosses([x1, y1, x2, y2], {left, top, right, bottom}) {
  let [from, to] = [0, 1];
  for (const [start, by, least, most] of [
    [x1, x2 - x1, left, right],
    [y1, y2 - y1, top, bottom],
  ]) {
    if (by === 0 && (start < least || start > most)) return false;
    if (by === 0) continue;
    const [enters, leaves] = [(least - start) / by, (most - start) / by].sort((a, b) => a - b);
    from = Math.max(from, enters);
    to = Math.min(to, leaves);
  }
  return from <= to;
}

/** The places around a point where a text of this width can stand: on the preferred side first. */
function placesAround(x, y, wide, toLeft) {
  const place = (at, below, anchor, left) => ({
    at: {x: at, y: y + below, "text-anchor": anchor},
    box: {left, top: y + below - 12, right: left + wide, bottom: y + below + 4},
  });
  const right = [4, -7, 15].map(below => place(x + GAP, below, "start", x + GAP));
  const left = [4, -7, 15].map(below => place(x - GAP, below, "end", x - GAP - wide));
  const middle = [-GAP, GAP + 10].map(below => place(x, below, "middle", x - wide / 2));
  return [...(toLeft ? [...left, ...middle, ...right] : [...right, ...middle, ...left])];
}

/**
 * Where a text can stand beside a point, as attributes; the place is then taken. It covers no other text and no arrow, and no
 * line where there is such a place, or else, if strict, has none: null. A text that is needed gets one in any case.
 */
function placeFor(canvas, x, y, text, {toLeft = false, strict = false, needed = false} = {}) {
  const places = placesAround(x, y, 8.2 * text.length, toLeft).filter(
    ({box}) => box.left >= 2 && box.right <= canvas.width - 2 && box.top >= 2 && box.bottom <= canvas.height - 2,
  );
  const open = places.filter(
    ({box}) => !canvas.boxes.some(other => overlap(box, other)) && !canvas.arrows.some(line => crosses(line, box)),
  );
  const clear = open.find(({box}) => !canvas.lines.some(line => crosses(line, box)));
  const found = clear ?? (strict ? undefined : open[0]) ?? (needed ? places[0] : undefined);
  if (!found) return null;
  canvas.boxes.push(found.box);
  return found.at;
}
