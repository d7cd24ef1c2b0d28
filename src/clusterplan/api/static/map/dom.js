/** Make elements: children that are strings become text, never markup. */
import { t } from "./texts.js";

const SVG = "http://www.w3.org/2000/svg";

/** Make an HTML element; empty attributes and children are left out. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** Make an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** Find an element of the page by its id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Link *href* only when it is a web address; other text stays text. */
export function linked(text) {
  if (!/^https?:\/\/\S+$/.test(text)) return text;
  return el("a", { href: text, rel: "noopener noreferrer" }, text);
}

/** List what is known as terms and texts; *pairs* name a text of the page each. */
export function descriptions(pairs, className) {
  const known = pairs.filter(([, value]) => value && value.length !== 0);
  return el("dl", { class: className }, known.map(([key, value]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, value))));
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== ""));
  return node;
}
