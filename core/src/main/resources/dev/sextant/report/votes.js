// Step 7: the score of one token over another, split into what each part of the model added.

/** Whose votes were counted at a position: each against the first. */
const counted = ({base, against_base: others}) => [{id: base, difference: 0, remainder: 0, votes: null}, ...others];

/** The votes for A over B, one for each part, in logits, with their difference and what they leave of it. */
function compare(votes, a, b) {
  const [one, other] = [a, b].map(id => counted(votes).find(entry => entry.id === id));
  return {
    difference: one.difference - other.difference,
    remainder: one.remainder - other.remainder,
    parts: journey.parts.map((_, i) => ((one.votes?.[i] ?? 0) - (other.votes?.[i] ?? 0)) / 10000),
  };
}

function buildVotes() {
  $("vote-a").addEventListener("change", event => choose({a: Number(event.target.value)}));
  $("vote-b").addEventListener("change", event => choose({b: Number(event.target.value)}));
  $("swap").addEventListener("click", () => choose({a: state.b, b: state.a}));
}

/** A and B, kept from the token before where it has them too; else the token that came and its strongest rival. */
function rivals(votes) {
  const known = counted(votes).map(entry => entry.id);
  const kept = id => state.pinned && known.includes(id);
  const a = kept(state.a) ? state.a : [followed(state.position), known[0]].find(id => known.includes(id));
  const b =
    kept(state.b) && state.b !== a ? state.b : [journey.against, ...known].find(id => id !== a && known.includes(id));
  return [a, b];
}

function showVotes() {
  const {votes} = told(state.position);
  const few = !votes || votes.against_base.length === 0;
  $("votes-panel").hidden = few;
  if (few) return say("say-votes", ["Votes are counted where a token was decided; here the next one was given."]);
  [state.a, state.b] = rivals(votes);
  const sum =
    "The last row is the sum of all that was added on the way: the embedding, and what each head and each MLP wrote. So the score of a token is a sum as well, and every part can be asked how much it spoke for one token and against another.";
  if (!state.pinned && state.a === journey.against) {
    say(
      "say-votes",
      [`${sum} Votes against `, " were asked for. It came itself here, so they stand against the most probable other token, ", "."],
      token(state.a),
      token(state.b),
    );
  } else say("say-votes", [sum]);
  for (const [id, chosen] of [
    ["vote-a", state.a],
    ["vote-b", state.b],
  ]) {
    put(
      id,
      counted(votes).map(entry => el("option", {value: entry.id}, visible(textOf(entry.id)))),
    );
    $(id).value = chosen;
  }
  const {parts, difference, remainder} = compare(votes, state.a, state.b);
  const odds = Math.exp(Math.abs(difference));
  say(
    "say-difference",
    [
      "The score of ",
      " is ",
      difference >= 0 ? " above that of " : " below that of ",
      ", so it is ",
      difference >= 0 ? " times as probable." : " times less probable.",
    ],
    token(state.a),
    decimal(Math.abs(difference), 2),
    token(state.b),
    odds < 100 ? decimal(odds, 2) : count(Math.round(odds)),
  );
  votesByLayer(parts);
  votesByPart(parts);
  votesByHead(parts);
  put(
    "say-sum",
    `Checked: the ${count(parts.filter(vote => vote !== 0).length)} votes add up to the difference of the logits, ${decimal(difference, 4)}; what is left over, ${power(remainder)}, is rounding. The last norm's scale is held at its actual value.`,
  );
}

function partName({kind, layer, head}) {
  const names = {
    embedding: "embedding",
    position: "position",
    head: `layer ${layer + 1}, head ${head + 1}`,
    attention_bias: `layer ${layer + 1}, attention bias`,
    attention_norm_bias: `layer ${layer + 1}, bias of the norm behind attention`,
    mlp_norm_bias: `layer ${layer + 1}, bias of the norm behind the MLP`,
    mlp: `layer ${layer + 1}, MLP`,
    final_norm_bias: "final norm's bias",
    unembedding_bias: "unembedding's bias",
    logit_cap: "cap of the logits",
  };
  return names[kind] ?? kind.replaceAll("_", " ");
}

/** Bars of heads and MLP for each layer, and the sum so far as a line. */
function votesByLayer(parts) {
  const layers = journey.model.layers;
  const heads = Array(layers).fill(0),
    mlps = Array(layers).fill(0);
  let before = 0,
    after = 0;
  journey.parts.forEach((part, i) => {
    if (part.kind.startsWith("mlp")) mlps[part.layer] += parts[i];
    else if (part.layer !== undefined) heads[part.layer] += parts[i];
    else if (part.kind === "embedding" || part.kind === "position") before += parts[i];
    else after += parts[i];
  });
  const sums = [before];
  for (let layer = 0; layer < layers; layer++) sums.push(sums.at(-1) + heads[layer] + mlps[layer]);
  sums[layers] += after;
  const width = widthOf("votes-layers");
  const height = 210,
    left = 44,
    top = 10,
    bottom = 26;
  const most = Math.max(0, ...sums, ...heads, ...mlps),
    least = Math.min(0, ...sums, ...heads, ...mlps);
  const y = value => top + ((height - top - bottom) * (most - value)) / (most - least || 1);
  const step = (width - left - 8) / (layers + 1);
  const x = layer => left + (layer + 1) * step;
  const piece = (value, at, wide, kind, title) =>
    svg(
      "rect",
      {
        x: at,
        width: wide,
        y: Math.min(y(0), y(value)),
        height: Math.max(0.5, Math.abs(y(value) - y(0))),
        class: `${kind} ${value < 0 ? "against" : "for"}`,
      },
      svg("title", {}, `${title}: ${decimal(value, 3)}`),
    );
  const wide = Math.min(22, step * 0.38);
  const bars = [piece(before, left + step / 2 - wide / 2, wide, "vote solid", "embedding and position")];
  for (let layer = 0; layer < layers; layer++) {
    bars.push(
      piece(heads[layer], x(layer) + step / 2 - wide, wide - 0.5, "vote hatched", `layer ${layer + 1}, heads`),
      piece(mlps[layer], x(layer) + step / 2 + 0.5, wide, "vote solid", `layer ${layer + 1}, MLP`),
    );
  }
  const points = sums.map((sum, i) => `${left + (i + 0.5) * step},${y(sum)}`).join(" ");
  put(
    "votes-layers",
    picture(
      width,
      height,
      "Votes of each layer and their sum so far",
      scaleLines(most, y, left, width, least),
      svg("line", {x1: left, x2: width, y1: y(0), y2: y(0), class: "zero"}),
      bars,
      svg("polyline", {points, class: "stream"}),
      svg("text", {x: left + step / 2, y: height - 8, class: "axis middle"}, "E"),
      layerNames(layers, x, step, height - 8),
    ),
    key(
      ["vote hatched for", "heads"],
      ["vote solid for", "MLP (E: embedding)"],
      ["against", "against"],
      ["stream line", "sum so far"],
    ),
  );
}

function votesByPart(parts) {
  const order = parts
    .map((value, i) => [value, i])
    .sort((a, b) => Math.abs(b[0]) - Math.abs(a[0]))
    .slice(0, 12);
  const most = Math.abs(order[0][0]) || 1;
  put(
    "votes-parts",
    el(
      "table",
      {class: "list votes"},
      el("caption", {class: "unseen"}, "The strongest votes"),
      el(
        "tbody",
        {},
        order.map(([value, i]) => {
          const part = journey.parts[i];
          const open =
            part.kind === "head"
              ? el("button", {type: "button", class: "link", click: () => open4(part)}, partName(part))
              : partName(part);
          return el(
            "tr",
            {},
            el("th", {scope: "row"}, open),
            el("td", {class: "wide"}, twoSided(value / most)),
            el("td", {class: "number"}, (value > 0 ? "+" : "") + decimal(value, 3)),
          );
        }),
      ),
    ),
  );
}

function twoSided(share) {
  const track = el("span", {class: "track sided", "aria-hidden": "true"});
  const inside = el("span", {class: share < 0 ? "fill against" : "fill for"});
  inside.style.width = `${50 * Math.abs(share)}%`;
  inside.style.left = share < 0 ? `${50 - 50 * Math.abs(share)}%` : "50%";
  track.append(inside);
  return track;
}

/** Shows a head in step 4. */
function open4({layer, head}) {
  choose({layer, head});
  $("head-title").scrollIntoView({block: "center"});
}

function votesByHead(parts) {
  const {layers, heads} = journey.model;
  const grid = Array.from({length: layers}, () => Array(heads).fill(0));
  journey.parts.forEach((part, i) => {
    if (part.kind === "head") grid[part.layer][part.head] = parts[i];
  });
  const most = Math.max(...grid.flat().map(Math.abs)) || 1;
  put(
    "votes-heads",
    el(
      "table",
      {class: "grid"},
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          el("th", {scope: "col", class: "corner"}, "head"),
          grid.map((_, layer) => el("th", {scope: "col"}, String(layer + 1))),
        ),
      ),
      el(
        "tbody",
        {},
        Array.from({length: heads}, (_, head) =>
          el(
            "tr",
            {},
            el("th", {scope: "row"}, String(head + 1)),
            grid.map((row, layer) => {
              const cell = el("td", {
                title: `layer ${layer + 1}, head ${head + 1}: ${decimal(row[head], 3)}`,
                click: () => open4({layer, head}),
              });
              cell.style.backgroundColor = rgb(side(Math.sign(row[head]) * Math.sqrt(Math.abs(row[head]) / most)));
              return cell;
            }),
          ),
        ),
      ),
      el("caption", {}, "A column for each layer, a row for each head."),
    ),
  );
}
