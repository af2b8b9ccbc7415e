// The text, its tokens to choose from, and the outcome in short.

const ids = () => journey.tokens.ids;
const isMade = position => position >= journey.tokens.prompt;
const told = position => journey.positions[position - journey.first];

const lastTold = () => journey.first + journey.positions.length - 1;

/** What came after a position, or else what the model says is most likely to. */
const followed = position => ids()[position + 1];
const best = position => told(position).next.ids[0];

/** The surprisal of a token, in nats, where the position before it is told. */
function surprisal(position) {
  const before = told(position - 1);
  if (!before) return null;
  const i = before.next.ids.indexOf(ids()[position]);
  return i < 0 ? Infinity : -Math.log(own(before.next).probabilities[i]);
}

function buildTokens() {
  const {model, tokens} = journey;
  const made = tokens.ids.length - tokens.prompt;
  say(
    "lead",
    [
      "",
      ", a language model of ",
      " parameters, ",
      " This page follows each token through the model and shows every number on its way.",
    ],
    model.name,
    count(model.parameters),
    [made > 0 ? `went on from a given text for ${plural(made, "token")}.` : "has read a text."],
  );
  put(
    "tokens",
    tokens.ids.map((id, position) => {
      const option = el(
        "span",
        {
          role: "option",
          id: `t${position}`,
          class: `piece ${isMade(position) ? "made" : ""} ${tokens.added.includes(position) ? "added" : ""}`,
          title: `position ${position}, id ${id}`,
          "aria-selected": "false",
          click: () => choose({position}),
        },
        shown(textOf(id)),
      );
      const surprise = position > journey.first ? surprisal(position) : null;
      if (surprise !== null) option.style.setProperty("--surprise", Math.min(1, surprise / 6).toFixed(3));
      if (!told(position)) option.setAttribute("aria-disabled", "true");
      return option;
    }),
  );
}

/** Text as it reads, with a sign only where nothing would be seen. */
const shown = text =>
  text === "" || (/^[ \t]*$/.test(text) && text !== " ")
    ? visible(text)
    : text.replace(/[\n\r\t\p{Cc}\p{Cf}\p{Cs}]/gu, sign => visible(sign) + (sign === "\n" ? "\n" : ""));

function showTokens() {
  const {position} = state;
  for (const option of $("tokens").children) {
    const at = Number(option.id.slice(1));
    option.setAttribute("aria-selected", String(at === position));
    option.classList.toggle("came", at === position + 1);
  }
  $("tokens").setAttribute("aria-activedescendant", `t${position}`);
  keepInSight($("tokens"), $(`t${position}`));
  $("previous").disabled = position <= journey.first;
  $("next").disabled = position >= lastTold();
  const before = ids()
    .slice(Math.max(0, position - 4), position)
    .map(id => shown(textOf(id)))
    .join("");
  const after = followed(position);
  put(
    "context",
    el("span", {class: "faint"}, position > 4 ? "…" : "", before),
    el("b", {class: "token"}, shown(textOf(ids()[position]))),
    el("span", {class: "came"}, after === undefined ? "" : shown(textOf(after))),
    el("small", {}, `position ${position} (of 0 to ${ids().length - 1})`),
  );
}

/** Scrolls a box up or down, and only that box, until the element in it is seen. */
function keepInSight(box, element) {
  const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
  if (top < 10 || top + element.offsetHeight > box.clientHeight) box.scrollTop += top - box.clientHeight / 3;
}

function showOutcome() {
  const {position} = state;
  const next = told(position).next;
  const {probabilities} = own(next);
  const came = followed(position);
  const rank = came === undefined ? -1 : next.ids.indexOf(came);
  say(
    "outcome",
    ["After ", " the model expects ", " most, at ", ".", ""],
    token(ids()[position]),
    token(next.ids[0]),
    percent(probabilities[0]),
    came === undefined
      ? [" The text ends here."]
      : [
          isMade(position + 1) ? " It took " : " The text goes on with ",
          token(came),
          rank === 0
            ? "."
            : rank > 0
              ? `, which it gave ${percent(probabilities[rank])}.`
              : ", which is not among those kept here.",
        ],
  );
  put(
    "glance",
    next.ids
      .slice(0, 5)
      .map((id, i) =>
        el(
          "div",
          {class: id === came ? "row taken" : "row"},
          token(id),
          bar(probabilities[i] / probabilities[0]),
          el("span", {class: "number"}, percent(probabilities[i])),
        ),
      ),
  );
}
