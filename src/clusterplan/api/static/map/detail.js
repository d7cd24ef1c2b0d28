/** The panel that shows one plan in full. */
import { byId, descriptions, el, linked } from "./dom.js";
import { editionsOf } from "./editions.js";
import { date, leadName, number, period, placeName, yen, yenExact } from "./format.js";
import { measuresOf } from "./measures.js";
import { progressOf } from "./progress.js";
import { typeBadge } from "./shapes.js";
import { formatState } from "./state.js";
import { t, titleOf, word } from "./texts.js";

/** Opens, fills and closes the panel; *on.close* is called by its button. */
export class Detail {
  #box = byId("detail");
  #on;

  constructor(on) {
    this.#on = on;
    this.#box.addEventListener("keydown", ({ key }) => key === "Escape" && on.close());
  }

  /** Open the panel with a short *message*, and an offer to *retry*. */
  say(message, retry) {
    const again = retry ? el("button", { type: "button" }, t("retry")) : null;
    again?.addEventListener("click", retry);
    this.#fill(el("h2", { id: "detail-title", class: "message" }, message), again);
  }

  /** Open the panel with *plan*; *feature* is its mark on the map. */
  show(plan, { feature, planTypes, state }) {
    const title = titleOf(plan);
    this.#fill(
      el("p", { class: "sub" },
        typeBadge(plan.planType, planTypes, { phase: plan.phase }),
        el("span", { class: `phase phase-${plan.phase}` }, word("phase", plan.phase)),
        plan.edition ? el("span", {}, t("edition", { edition: plan.edition })) : null,
        plan.fictional ? el("span", { class: "badge fictional" }, t("fictional")) : null),
      el("h2", { id: "detail-title", lang: title.lang }, title.text),
      facts(plan),
      section("progress", [progressOf(plan, feature)]),
      section("goal", [prose("currentState", plan.goal?.currentState), prose("vision", plan.goal?.vision)]),
      section("path", [
        prose("winningPath", plan.path?.winningPath),
        prose("investmentPicture", plan.path?.investmentPicture),
        bullets("impacts", plan.path?.impacts),
      ]),
      section("policyMeans", [bullets("challenges", plan.policyMeans?.challenges), measuresOf(plan)]),
      section("outline", [outline(plan.detailsOutline), raw(plan.rawDetails)]),
      section("indicators", [indicators(plan.indicators)]),
      section("investments", [investments(plan.investments)]),
      section("editions", [editionsOf(plan, state)]),
      section("history", [past(plan.history)]),
      section("source", [plan.source ? el("p", { lang: "ja" }, linked(plan.source)) : null]),
      el("p", { class: "permalink" }, el("a", { href: formatState({ ...state, plan: plan.id }) }, t("permalink"))),
    );
  }

  /** Close the panel. */
  hide() {
    this.#box.hidden = true;
    this.#box.replaceChildren();
  }

  /** Bring the panel into view and give it the keyboard focus. */
  focus() {
    this.#box.focus({ preventScroll: true });
    this.#box.scrollIntoView({ block: "nearest" });
  }

  #fill(...children) {
    const close = el("button", { type: "button", class: "close", "aria-label": t("close"), title: t("close") }, "×");
    close.addEventListener("click", this.#on.close);
    this.#box.replaceChildren(close, el("div", { class: "detail-scroll" }, children.filter(Boolean)));
    this.#box.hidden = false;
  }
}

function section(key, children) {
  const filled = children.flat(Infinity).filter(Boolean);
  return filled.length ? el("section", {}, el("h3", {}, t(key)), filled) : null;
}

function prose(key, text) {
  return text ? [el("h4", {}, t(key)), el("p", { lang: "ja", class: "prose" }, text)] : null;
}

function facts(plan) {
  return descriptions([
    ["period", period(plan.period)],
    ["region", (plan.region ?? []).map(placeName).join(t("listSeparator"))],
    ["lead", leadName(plan)],
    ["status", stateOf(plan)],
    ["publishedOn", dayIn(plan, plan.publishedOn)],
    ["validFrom", dayIn(plan, stateEntry(plan)?.on ?? plan.validFrom)],
  ], "facts");
}

/** Name the state of the plan, in English where its history does. */
function stateOf(plan) {
  const entry = stateEntry(plan);
  return (entry && titleOf(entry).text) || plan.stateTitle || plan.state;
}

/** Find when the plan came into its state; a new edition does not change it. */
function stateEntry({ history, state: present }) {
  return (history ?? []).findLast(({ state }) => state === present);
}

/** Write a day, marked where it is only assumed that the state began then. */
function dayIn(plan, iso) {
  const assumed = (plan.history ?? []).some(({ on, basis }) => on === iso && basis === "ASSUMED");
  return assumed ? date(iso) + t("assumed") : date(iso);
}

function bullets(key, list) {
  if (!list?.length) return null;
  return [el("h4", {}, t(key)), el("ul", { lang: "ja" }, list.map(({ text }) => el("li", {}, text)))];
}

function outline(list) {
  return (list ?? []).map(({ heading, level, items }) => [
    el(`h${Math.min(6, Math.max(4, level + 3))}`, { lang: "ja" }, heading),
    items.length ? el("ul", { lang: "ja" }, items.map((item) => el("li", {}, item))) : null,
  ]);
}

/** Show what is stored of a plan type whose plugin is gone. */
function raw(details) {
  if (!details) return null;
  return [
    el("p", {}, t("detailsNotLoaded")),
    el("details", { class: "raw" }, el("summary", {}, t("detailsRaw")), el("pre", {}, JSON.stringify(details, null, 2))),
  ];
}

function indicators(list) {
  if (!list?.length) return null;
  return table(["indicator", "baseline", "target"], list.map((one) => [
    titled(one), value(one.baseline, one.unit), value(one.target, one.unit),
  ]));
}

function value(one, unit) {
  if (!one) return "—";
  const figure = one.value === null ? "—" : number(one.value);
  return [unit === "%" ? `${figure}%` : `${figure} ${unit ?? ""}`, el("small", {}, date(one.date))];
}

function investments(list) {
  if (!list?.length) return null;
  const rows = list.map((one) => [
    [titled(one), one.anchor ? el("span", { class: "badge" }, t("anchor")) : null], money(one.total),
  ]);
  const sum = list.reduce((all, { total }) => all + (total ?? 0), 0);
  return table(["investment", "amount"], rows, list.length > 1 ? [t("total"), money(sum)] : null);
}

function money(total) {
  if (typeof total !== "number") return t("amountUnknown");
  return [yen(total), el("small", {}, yenExact(total))];
}

function titled(one) {
  const { text, lang } = titleOf(one);
  return el("span", { lang }, text);
}

function table(heads, rows, foot) {
  const line = ([head, ...cells]) => el("tr", {}, el("th", { scope: "row" }, head), cells.map((cell) => el("td", {}, cell)));
  return el("table", { class: "small" },
    el("thead", {}, el("tr", {}, heads.map((key) => el("th", { scope: "col" }, t(key))))),
    el("tbody", {}, rows.map(line)),
    foot ? el("tfoot", {}, line(foot)) : null);
}

function past(list) {
  if (!list?.length) return null;
  return el("ol", { class: "history" }, list.map((entry) => el("li", {},
    el("time", { class: "on", datetime: entry.on }, date(entry.on), entry.basis === "ASSUMED" ? t("assumed") : null),
    titled(entry))));
}
