// Step 4: who of a mixture of experts saw the token.

/** Where the layer has a mixture of experts: who of them saw the followed token, and how much their answers count. */
function showExperts() {
  const {layer, position} = state;
  const flat = told(position).experts?.[layer] ?? [];
  const chosen = Array.from({length: flat.length / 2}, (_, i) => [flat[2 * i], flat[2 * i + 1] / 10000]);
  for (const id of ["experts-title", "say-experts", "experts"]) $(id).hidden = chosen.length === 0;
  if (chosen.length === 0) return;
  say(
    "say-experts",
    [
      "In place of one MLP this layer has ",
      ". A router looks at the row and chooses which of them see ",
      ": here ",
      " of them. How much the answer of each counts:",
    ],
    plural(journey.model.experts, "expert"),
    token(ids()[position]),
    chosen.length,
  );
  put(
    "experts",
    el(
      "table",
      {class: "list"},
      el("caption", {class: "unseen"}, "The experts chosen, and what their answers count"),
      el(
        "tbody",
        {},
        chosen.map(([expert, weight]) =>
          el(
            "tr",
            {},
            el("th", {scope: "row"}, `Expert ${expert + 1}`),
            el("td", {class: "wide"}, bar(weight)),
            el("td", {class: "number"}, percent(weight)),
          ),
        ),
      ),
    ),
  );
}
