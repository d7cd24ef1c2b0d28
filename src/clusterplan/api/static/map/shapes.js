/** One colour and one shape for each plan type; the same in map, table, legend. */
import { el, svg } from "./dom.js";
import { t, titleOf } from "./texts.js";

const KNOWN = {
  strategic_cluster: { shape: "square", fill: "#0072b2", edge: "#ffffff" },
  regional_cluster: { shape: "triangle", fill: "#e69f00", edge: "#5f4200" },
  local_industry_growth: { shape: "circle", fill: "#111111", edge: "#ffffff" },
};
const OTHER = { shape: "diamond", fill: "#cc79a7", edge: "#5c2546" };

const OUTLINES = {
  square: ["rect", { x: 4, y: 4, width: 16, height: 16, rx: 1.5 }],
  triangle: ["path", { d: "M12 3 L22 20.5 H2 Z", "stroke-linejoin": "round" }],
  circle: ["circle", { cx: 12, cy: 12, r: 8.5 }],
  diamond: ["path", { d: "M12 1.8 L22.2 12 L12 22.2 L1.8 12 Z", "stroke-linejoin": "round" }],
};

/** Return shape and colours of the plan type *key*. */
export function lookOf(key) {
  return Object.hasOwn(KNOWN, key) ? KNOWN[key] : OTHER;
}

/** Draw the mark of a plan type; investments are hollow, ended ones dashed. */
export function drawShape(key, { kind = "PLAN", phase = "IN_FORCE", size = 20 } = {}) {
  const { shape, fill, edge } = lookOf(key);
  const [tag, geometry] = OUTLINES[shape];
  const ended = phase === "ENDED";
  const paint = ended
    ? { fill, "fill-opacity": 0.28, stroke: fill === "#e69f00" ? edge : fill, "stroke-width": 2, "stroke-dasharray": "3.5 2.5" }
    : { fill, stroke: edge, "stroke-width": 1.6 };
  const hole = kind === "INVESTMENT" ? svg("circle", { cx: 12, cy: shape === "triangle" ? 14.5 : 12, r: 3.2, fill: "#fff" }) : null;
  const frame = { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", focusable: "false" };
  return svg("svg", frame, svg(tag, { ...geometry, ...paint }), hole);
}

/** Draw a bubble with the number of marks, its ring parted by plan type. */
export function drawBubble(points, size) {
  const radius = 20;
  const whole = 2 * Math.PI * radius;
  const ring = [];
  let passed = 0;
  for (const [fill, count] of countBy(points, (one) => lookOf(one.planType).fill)) {
    const length = (count / points.length) * whole;
    ring.push(svg("circle", {
      cx: 24, cy: 24, r: radius, fill: "none", stroke: fill, "stroke-width": 5,
      "stroke-dasharray": `${length} ${whole - length}`, "stroke-dashoffset": -passed,
      transform: "rotate(-90 24 24)",
    }));
    passed += length;
  }
  const frame = { viewBox: "0 0 48 48", width: size, height: size, "aria-hidden": "true", focusable: "false" };
  const label = { x: 24, y: 24, "text-anchor": "middle", "dominant-baseline": "central" };
  return svg("svg", frame,
    svg("circle", { cx: 24, cy: 24, r: 23.5, fill: "#fff" }), ring,
    svg("text", label, String(points.length)));
}

/** Name a plan type; one whose plugin is gone is named by its key. */
export function typeTitle(key, planTypes) {
  const known = planTypes.get(key);
  return known ? titleOf(known) : { text: t("typeNotLoaded", { key }) };
}

/** Show the mark of a plan type with its title in words. */
export function typeBadge(key, planTypes, options) {
  const title = typeTitle(key, planTypes);
  return el("span", { class: "type-badge" }, drawShape(key, { size: 14, ...options }), el("span", { lang: title.lang }, title.text));
}

/** Count *things* by what *keyOf* says, in the order of their first appearance. */
export function countBy(things, keyOf) {
  const counts = new Map();
  for (const one of things) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}
