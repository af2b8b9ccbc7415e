// Making elements, and writing numbers and tokens.

const $ = id => document.getElementById(id);

/** An element. Attributes that are functions become listeners; children that are strings become text, never markup. */
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/** A drawing that is one picture to those who cannot see it: the label tells what of. */
function picture(width, height, label, ...children) {
  const attributes = {width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label};
  return svg("svg", attributes, ...children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

/** Replaces what is inside an element. */
function put(id, ...children) {
  $(id).replaceChildren(...children.flat());
}

/** A sentence from a template: tokens and numbers stand out, all else is text. */
function say(id, strings, ...values) {
  const parts = [];
  strings.forEach((string, i) => {
    parts.push(string);
    if (i < values.length)
      parts.push(values[i] instanceof Node || Array.isArray(values[i]) ? values[i] : el("b", {}, String(values[i])));
  });
  put(id, parts.flat());
}

const decimal = (value, digits) => value.toFixed(digits).replace("-", "−");
const count = value => value.toLocaleString("en-US");
const plural = (value, noun) => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

/** A very small or large number: 3 × 10⁻⁸. */
function power(value) {
  const [digit, exponent] = value.toExponential(0).split("e");
  return `${digit.replace("-", "−")} × 10${Array.from(String(Number(exponent)), c => "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"[c === "-" ? 10 : c]).join("")}`;
}

function percent(probability) {
  const value = 100 * probability;
  if (value > 0 && value < 0.05) return "<0.1%";
  return (value < 100 && value >= 99.95 ? ">99.9" : value.toFixed(1)) + "%";
}

const SIGNS = new Map([
  [" ", "␣"],
  ["\n", "⏎"],
  ["\r", "␍"],
  ["\t", "⇥"],
]);

/** Text with a sign for what cannot be seen. */
function visible(text) {
  if (text === "") return "∅";
  return Array.from(
    text,
    character =>
      SIGNS.get(character) ??
      (/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u.test(character)
        ? `\\u{${character.codePointAt(0).toString(16)}}`
        : character),
  ).join("");
}

const textOf = id => journey.texts[id] ?? `#${id}`;

/** A token as it stands in sentences and tables. */
function token(id) {
  return el("span", {class: "token"}, visible(textOf(id)));
}

/** A bar in a table; the share is of its full width. */
function bar(share, kind = "") {
  const inside = el("span", {class: `fill ${kind}`});
  inside.style.width = `${100 * Math.min(1, Math.max(0, share))}%`;
  return el("span", {class: "track", "aria-hidden": "true"}, inside);
}

/** The width that a chart may take, in pixels. */
const widthOf = id => Math.max(280, $(id).clientWidth);
