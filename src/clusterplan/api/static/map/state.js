/** What the reader chose, kept in the address of the page. */

import { GRADES } from "./grades.js";
import { prefectureOf } from "./prefectures.js";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** The phases every plan type knows, in their order. */
export const PHASES = ["DRAFT", "IN_REVIEW", "IN_FORCE", "ENDED"];

/** The names of the parts of a state that decide which plans are shown. */
const FILTERS = ["types", "phases", "grades", "pref", "field", "q", "asOf"];

/** Read a state from a query string; what makes no sense is left out. */
export function parseState(search) {
  const query = new URLSearchParams(search);
  const text = (name) => (query.get(name) ?? "").slice(0, 200);
  const list = (name) => text(name).split(",").filter(Boolean);
  return {
    types: list("types"),
    phases: list("phases").filter((one) => PHASES.includes(one)),
    grades: list("grades").filter((one) => GRADES.includes(one)),
    pref: prefectureOf(text("pref"))?.code ?? "",
    field: text("field"),
    q: text("q"),
    asOf: DAY.test(text("asOf")) ? text("asOf") : "",
    plan: text("plan"),
    lang: text("lang") === "en" ? "en" : "ja",
  };
}

/** Write *state* as an address; what has its ordinary value is left out. */
export function formatState(state) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text && !(name === "lang" && text === "ja")) query.set(name, text);
  }
  const search = query.toString().replaceAll("%2C", ",");
  return search ? `?${search}` : location.pathname;
}

/** Put *state* into the address bar, as a step back or in place of the last. */
export function writeState(state, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", formatState(state));
}

/** Tell whether two states show the same plans. */
export function sameFilters(one, other) {
  return FILTERS.every((name) => String(one[name]) === String(other[name]));
}

/** Return *state* without any filter. */
export function withoutFilters(state) {
  return { ...parseState(""), plan: state.plan, lang: state.lang };
}

/** Write the `PlanFilter` of the API that *state* asks for. */
export function planFilter(state) {
  const filter = {};
  if (state.types.length) filter.planTypes = state.types;
  if (state.phases.length) filter.phases = state.phases;
  if (state.grades.length) filter.grades = state.grades;
  if (state.pref) filter.prefectures = [state.pref];
  if (state.field) filter.fields = [state.field];
  if (state.q.trim()) filter.text = state.q.trim();
  return filter;
}

/** Write the address of the export in *format* that holds the plans of *state*. */
export function exportAddress(state, format) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(planFilter(state))) {
    for (const one of [value].flat()) query.append(name, one);
  }
  if (state.asOf) query.set("asOf", state.asOf);
  const search = query.toString();
  return search ? `exports/${format}?${search}` : `exports/${format}`;
}
