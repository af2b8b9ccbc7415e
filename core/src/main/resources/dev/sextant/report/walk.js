// The first steps: ids, embedding, place.

function showWalk() {
  const {position} = state;
  const {model, tokens} = journey;
  const here = told(position);
  const id = ids()[position];

  say(
    "say-tokens",
    [
      "The model knows ",
      " pieces of text, called tokens, and each has a number, its id. The text is cut into ",
      " of them. We follow ",
      ", whose id is ",
      ". From here on there are only numbers.",
      "",
    ],
    count(model.vocabulary),
    ids().length,
    token(id),
    id,
    [
      tokens.added.includes(position)
        ? " It is not of the given text: the tokenizer adds it, since the model is used to it."
        : "",
    ],
  );
  const from = Math.max(0, position - 5);
  put(
    "ids",
    ids()
      .slice(from, position + 4)
      .map((other, i) =>
        el("span", {class: from + i === position ? "id here" : "id"}, token(other), el("small", {}, String(other))),
      ),
  );

  say(
    "say-embedding",
    [
      "The model holds a large table, the embedding, with a row of ",
      " numbers for each token it knows. They were found in training; tokens that are used alike have similar rows. The row of ",
      " begins ",
      " A row has a length, as an arrow has: square its numbers, add them up, take the root. Here it is ",
      ".",
    ],
    model.hidden,
    token(id),
    here.embedding.start.map(n => decimal(n, 4)).join(", ") + ", …",
    decimal(here.embedding.norm, 3),
  );

  if (here.embedding.place !== undefined) {
    say(
      "say-place",
      [
        "A second table has a row for each position. Row ",
        ", of length ",
        ", is added to the row of ",
        "; the numbers above have it already. So the same token is not the same at another place.",
      ],
      position,
      decimal(here.embedding.place, 3),
      token(id),
    );
  } else {
    say(
      "say-place",
      [
        "Nothing is added for the place: at any position, ",
        " has this same row. Instead, when tokens are compared in step 4, numbers of theirs are first turned in pairs, like the hands of clocks, one step further for each position: here by ",
        ". How well two tokens then match depends on what they are and on how far apart they stand.",
      ],
      token(id),
      plural(position, "step"),
    );
  }
}
