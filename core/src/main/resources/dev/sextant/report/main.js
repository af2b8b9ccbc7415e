// What is followed, and what happens when another is chosen.

let journey;
const state = {position: 0, layer: 0, head: 0, temperature: 1, topK: 0, topP: 1, a: -1, b: -1, pinned: false};

/** Changes what is looked at and shows what depends on it. */
function choose(change) {
  if ("position" in change && !told(change.position)) return;
  const before = {...state};
  Object.assign(state, change);
  if ("a" in change || "b" in change) {
    state.pinned = true;
    if (state.a === state.b) change.a === undefined ? (state.a = before.b) : (state.b = before.a);
  }
  const changed = name => state[name] !== before[name];
  if (changed("position")) {
    showTokens();
    showOutcome();
    showWalk();
  }
  if (changed("position") || changed("layer")) {
    showAttention();
    showExperts();
    showWrites();
    showLens();
    showPath();
  } else if (changed("head")) showAttention();
  if (["position", "temperature", "topK", "topP"].some(changed)) showExpectation();
  if (["position", "a", "b"].some(changed)) showVotes();
  if (["a", "b"].some(changed)) showPath();
}

function showAll() {
  showTokens();
  showOutcome();
  showWalk();
  showAttention();
  showExperts();
  showWrites();
  showLens();
  showPath();
  showExpectation();
  showVotes();
}

function listen() {
  const step = by => choose({position: Math.min(lastTold(), Math.max(journey.first, state.position + by))});
  $("previous").addEventListener("click", () => step(-1));
  $("next").addEventListener("click", () => step(1));
  $("layer").addEventListener("input", event => choose({layer: event.target.value - 1}));
  document.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea, .scroller")) return;
    const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (by === undefined) return jump(event);
    event.preventDefault();
    if (event.target.closest("#heads")) turnHead(by);
    else step(by);
  });
  $("save").addEventListener("click", save);
  $("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    repaint();
  });
  prefersDark.addEventListener("change", repaint);
  let waiting = 0;
  addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(showAll);
  });
}

function jump(event) {
  if (!event.target.closest("#tokens")) return;
  const to = {Home: journey.first, End: lastTold()}[event.key];
  if (to === undefined) return;
  event.preventDefault();
  choose({position: to});
}

function turnHead(by) {
  choose({head: (state.head + by + journey.model.heads) % journey.model.heads});
  $("heads").querySelector("[aria-checked=true]").focus();
}

/** Colours that scripts have set follow the scheme. */
function repaint() {
  put("theme", isDark() ? "Light" : "Dark");
  buildLens();
  showAll();
}

function save() {
  const address = URL.createObjectURL(new Blob([JSON.stringify(journey)], {type: "application/json"}));
  el("a", {href: address, download: "journey.json"}).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** The numbers come as JSON, packed with gzip and written in base64. */
async function unpack(text) {
  const bytes = Uint8Array.from(atob(text.trim()), character => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

async function begin() {
  if (typeof DecompressionStream === "undefined") throw new Error("it needs a browser of 2023 or newer");
  journey = await unpack($("journey").textContent);
  buildTokens();
  buildAttention();
  buildExpectation();
  buildVotes();
  const changed = journey.changes.map(change => `This run was changed on its way: ${change}.`);
  put(
    "cuts",
    [...changed, ...journey.cut].map(sentence => el("li", {}, sentence)),
  );
  put(
    "producer",
    `${journey.producer}, schema ${journey.schema} ${journey.version}. ${journey.model.name}: ${journey.model.family}, ${plural(journey.model.layers, "layer")}, ${plural(journey.model.heads, "head")}, hidden size ${count(journey.model.hidden)}.`,
  );
  $("status").hidden = true;
  $("main").hidden = false;
  state.position = Math.min(lastTold(), Math.max(journey.first, journey.tokens.prompt - 1));
  Object.assign(state, runSettings());
  if (state.temperature === 0) state.temperature = 1; // a greedy choice has nothing to show on the sliders
  state.layer = journey.model.layers - 1;
  listen();
  repaint();
  document.documentElement.dataset.ready = "true";
}

begin().catch(error => {
  $("status").textContent = `This page could not show its numbers: ${error.message}.`;
  throw error;
});
