// Step 7: the score of one token over another, split into what each part of the model added.

/** The votes for A over B, one for each part, in logits. */
function votesFor(votes, a, b) {
  const of = id => votes.parts[votes.tokens.indexOf(id)];
  return journey.parts.map((_, i) => (of(a)[i] - of(b)[i]) / 10000);
}

function buildVotes() {
  $("vote-a").addEventListener("change", event => choose({a: Number(event.target.value)}));
  $("vote-b").addEventListener("change", event => choose({b: Number(event.target.value)}));
  $("swap").addEventListener("click", () => choose({a: state.b, b: state.a}));
}

/** A and B, kept from the token before where it has them too; else the token that came and its strongest rival. */
function rivals(votes) {
  const came = followed(state.position);
  const first = votes.tokens.includes(came) ? came : votes.tokens[0];
  const a = votes.tokens.includes(state.a) && state.pinned ? state.a : first;
  const b = votes.tokens.includes(state.b) && state.b !== a && state.pinned ? state.b : votes.tokens.find(id => id !== a);
  return [a, b];
}

function showVotes() {
  const {votes} = told(state.position);
  $("votes-panel").hidden = !votes || votes.tokens.length < 2;
  if (!votes || votes.tokens.length < 2) return say("say-votes", ["The votes were not counted here."]);
  [state.a, state.b] = rivals(votes);
  say("say-votes", ["The last row is the sum of all that was added on the way: the embedding, and what each head and each MLP wrote. So the score of a token is a sum as well, and every part can be asked how much it spoke for one token and against another."]);
  for (const [id, chosen] of [["vote-a", state.a], ["vote-b", state.b]]) {
    put(id, votes.tokens.map(t => el("option", {value: t, selected: t === chosen}, visible(textOf(t)))));
    $(id).value = chosen;
  }
  const parts = votesFor(votes, state.a, state.b);
  const difference = votes.difference[votes.tokens.indexOf(state.a)] - votes.difference[votes.tokens.indexOf(state.b)];
  const odds = Math.exp(Math.abs(difference));
  say("say-difference", ["The score of ", " is ", difference >= 0 ? " above that of " : " below that of ", ", so it is ", difference >= 0 ? " times as probable." : " times less probable."],
    token(state.a), decimal(Math.abs(difference), 2), token(state.b), odds < 100 ? decimal(odds, 2) : count(Math.round(odds)));
  votesByLayer(parts);
  votesByPart(parts);
  votesByHead(parts);
  const remainder = votes.remainder[votes.tokens.indexOf(state.a)] - votes.remainder[votes.tokens.indexOf(state.b)];
  put("say-sum", `Checked: the ${count(parts.length)} votes add up to the difference of the logits, ${decimal(difference, 4)}; what is left over, ${power(remainder)}, is rounding. The last norm's scale is held at its actual value.`);
}

function partName({kind, layer, head}) {
  const names = {embedding: "embedding", position: "position", head: `layer ${layer + 1}, head ${head + 1}`, attention_bias: `layer ${layer + 1}, attention bias`,
    mlp: `layer ${layer + 1}, MLP`, final_norm_bias: "final norm's bias", unembedding_bias: "unembedding's bias", logit_cap: "cap of the logits"};
  return names[kind] ?? kind.replaceAll("_", " ");
}

/** Bars of heads and MLP for each layer, and the sum so far as a line. */
function votesByLayer(parts) {
  const layers = journey.model.layers;
  const heads = Array(layers).fill(0), mlps = Array(layers).fill(0);
  let before = 0, after = 0;
  journey.parts.forEach((part, i) => {
    if (part.kind === "mlp") mlps[part.layer] += parts[i];
    else if (part.layer !== undefined) heads[part.layer] += parts[i];
    else if (part.kind === "embedding" || part.kind === "position") before += parts[i];
    else after += parts[i];
  });
  const sums = [before];
  for (let layer = 0; layer < layers; layer++) sums.push(sums.at(-1) + heads[layer] + mlps[layer]);
  sums[layers] += after;
  const width = widthOf("votes-layers");
  const height = 210, left = 44, top = 10, bottom = 26;
  const most = Math.max(0, ...sums, ...heads, ...mlps), least = Math.min(0, ...sums, ...heads, ...mlps);
  const y = value => top + (height - top - bottom) * (most - value) / (most - least || 1);
  const step = (width - left - 8) / (layers + 1);
  const x = layer => left + (layer + 1) * step;
  const piece = (value, at, wide, kind, title) => svg("rect", {x: at, width: wide, y: Math.min(y(0), y(value)), height: Math.max(0.5, Math.abs(y(value) - y(0))), class: `${kind} ${value < 0 ? "against" : "for"}`}, svg("title", {}, `${title}: ${decimal(value, 3)}`));
  const wide = Math.min(22, step * 0.38);
  const bars = [piece(before, left + step / 2 - wide / 2, wide, "vote solid", "embedding and position")];
  for (let layer = 0; layer < layers; layer++) {
    bars.push(piece(heads[layer], x(layer) + step / 2 - wide, wide - 0.5, "vote hatched", `layer ${layer + 1}, heads`), piece(mlps[layer], x(layer) + step / 2 + 0.5, wide, "vote solid", `layer ${layer + 1}, MLP`));
  }
  const points = sums.map((sum, i) => `${left + (i + 0.5) * step},${y(sum)}`).join(" ");
  put("votes-layers", svg("svg", {width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Votes of each layer and their sum so far"},
    scaleLines(most, y, left, width, least), svg("line", {x1: left, x2: width, y1: y(0), y2: y(0), class: "zero"}), bars,
    svg("polyline", {points, class: "stream"}), svg("text", {x: left + step / 2, y: height - 8, class: "axis middle"}, "E"), layerNames(layers, x, step, height - 8)),
    key(["vote hatched for", "heads"], ["vote solid for", "MLP (E: embedding)"], ["against", "against"], ["stream line", "sum so far"]));
}

function votesByPart(parts) {
  const order = parts.map((value, i) => [value, i]).sort((a, b) => Math.abs(b[0]) - Math.abs(a[0])).slice(0, 12);
  const most = Math.abs(order[0][0]) || 1;
  put("votes-parts", el("table", {class: "list votes"}, el("caption", {class: "unseen"}, "The strongest votes"), el("tbody", {}, order.map(([value, i]) => {
    const part = journey.parts[i];
    const open = part.kind === "head" ? el("button", {type: "button", class: "link", click: () => open4(part)}, partName(part)) : partName(part);
    return el("tr", {}, el("th", {scope: "row"}, open), el("td", {class: "wide"}, twoSided(value / most)), el("td", {class: "number"}, (value > 0 ? "+" : "") + decimal(value, 3)));
  }))));
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
  put("votes-heads", el("table", {class: "grid"}, el("thead", {}, el("tr", {}, el("th", {scope: "col", class: "corner"}, "head"), grid.map((_, layer) => el("th", {scope: "col"}, String(layer + 1))))),
    el("tbody", {}, Array.from({length: heads}, (_, head) => el("tr", {}, el("th", {scope: "row"}, String(head + 1)), grid.map((row, layer) => {
      const cell = el("td", {title: `layer ${layer + 1}, head ${head + 1}: ${decimal(row[head], 3)}`, click: () => open4({layer, head})});
      cell.style.backgroundColor = rgb(side(Math.sign(row[head]) * Math.sqrt(Math.abs(row[head]) / most)));
      return cell;
    })))),
    el("caption", {}, "A column for each layer, a row for each head.")));
}
