/** The table of the plans on the map, and those without a place. */
import { byId, el } from "./dom.js";
import { date, leadName, period, placeName, shortDate, yen, yenExact } from "./format.js";
import { gradeBadge, reports, staleBadge } from "./grades.js";
import { typeBadge } from "./shapes.js";
import { formatState } from "./state.js";
import { t, titleOf, word } from "./texts.js";

const REGIONS_SHOWN = 2;

/** Draws rows; *on.select* and *on.active* get the id of a plan. */
export class Table {
  #on;
  #body = document.querySelector("#plans-table tbody");
  #rows = new Map();
  #selected = "";

  constructor(on) {
    this.#on = on;
    byId("plans-more").addEventListener("click", on.more);
    this.#listen(this.#body, "[data-plan-id]");
    this.#listen(byId("unlocated"), "[data-plan-id]");
  }

  /** Show these plans; *unlocated* ones carry a note and are listed below. */
  draw({ nodes, totalCount, pageInfo }, { features, unlocated, planTypes, state }) {
    const placeless = new Set(unlocated.filter(({ kind }) => kind === "PLAN").map(({ planId }) => planId));
    this.#rows = new Map(nodes.map((plan) => [plan.id, rowOf(plan, { feature: features.get(plan.id), placeless: placeless.has(plan.id), planTypes, state })]));
    const empty = el("tr", {}, el("td", { colspan: 4, class: "empty" }, t("empty")));
    this.#body.replaceChildren(...(nodes.length ? this.#rows.values() : [empty]));
    byId("plans-more").hidden = !pageInfo.hasNextPage;
    byId("plans-more").textContent = t("more", { shown: nodes.length, total: totalCount });
    this.#drawUnlocated(unlocated, planTypes, state);
    this.select(this.#selected);
  }

  /** Mark the row of the plan whose details are open, and bring it into view. */
  select(planId) {
    this.#rows.get(this.#selected)?.removeAttribute("aria-current");
    this.#selected = planId;
    const row = this.#rows.get(planId);
    row?.setAttribute("aria-current", "true");
    if (row) keepInView(row);
  }

  /** Lift the rows of the plans whose mark the reader points at. */
  activate(planIds) {
    for (const [id, row] of this.#rows) row.classList.toggle("is-active", planIds.includes(id));
  }

  /** Put the keyboard focus on the plan's row, or on the table without it. */
  focus(planId) {
    (this.#rows.get(planId)?.querySelector("a") ?? byId("plans")).focus();
  }

  #listen(box, selector) {
    const idOf = ({ target }) => target.closest(selector)?.dataset.planId;
    box.addEventListener("click", (event) => {
      if (!idOf(event) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#on.select(idOf(event));
    });
    for (const name of ["mouseover", "focusin"]) box.addEventListener(name, (event) => idOf(event) && this.#on.active(idOf(event)));
    for (const name of ["mouseleave", "focusout"]) box.addEventListener(name, () => this.#on.active(""));
  }

  #drawUnlocated(unlocated, planTypes, state) {
    byId("unlocated").hidden = unlocated.length === 0;
    byId("unlocated-title").textContent = t("unlocated", { count: unlocated.length });
    byId("unlocated").querySelector("ul").replaceChildren(...unlocated.map((one) =>
      el("li", { "data-plan-id": one.planId },
        linkTo(one.planId, titleOf(one), state),
        el("span", { class: "sub" },
          typeBadge(one.planType, planTypes, { kind: one.kind }),
          el("span", {}, t(one.kind === "INVESTMENT" ? "investment" : "plan")),
          one.fictional ? el("span", { class: "badge fictional" }, t("fictional")) : null,
          typeof one.amount === "number" ? el("span", { title: yenExact(one.amount) }, yen(one.amount)) : null))));
  }
}

/** Write the line of totals. */
export function drawTotals({ totals, asOf }, { totalCount }) {
  const agree = totals.count === totalCount;
  const parts = [
    [el("strong", {}, t("totalPlans", { count: totals.count })),
      el("span", { class: agree ? "agree" : "differ" },
        t(agree ? "totalsAgree" : "totalsDiffer", { map: totals.count, table: totalCount }))],
    totals.net ? [t("totalNet"), " ", el("strong", { title: yenExact(totals.net) }, yen(totals.net))] : [t("totalNone")],
    totals.gross === totals.net ? [] : [el("span", { title: yenExact(totals.gross) }, t("totalGross", { amount: yen(totals.gross) }))],
    totals.withheld ? [t("totalWithheld", { count: totals.withheld })] : [],
    asOf ? [t("asOfDate", { date: date(asOf) })] : [],
  ];
  byId("totals").replaceChildren(...parts.filter((one) => one.length).map((one) => el("span", { class: "part" }, one)));
}

function rowOf(plan, { feature, placeless, planTypes, state }) {
  const title = titleOf(plan);
  const lead = leadName(plan);
  return el("tr", { "data-plan-id": plan.id },
    el("th", { scope: "row" },
      linkTo(plan.id, title, state),
      el("span", { class: "sub" },
        typeBadge(plan.planType, planTypes, { phase: plan.phase }),
        lead ? el("span", {}, lead) : null,
        plan.fictional ? el("span", { class: "badge fictional" }, t("fictional")) : null,
        placeless ? el("span", { class: "badge" }, t("noPlace")) : null)),
    el("td", { class: "progress" }, progressOf(plan, feature)),
    el("td", { class: "period" },
      el("span", { class: `phase phase-${plan.phase}` }, word("phase", plan.phase)),
      el("span", { class: "years" }, period(plan.period))),
    el("td", { class: "region" }, regionsOf(plan.region ?? [])));
}

/** Say how far a plan is; where the map left its mark out, nothing is known. */
function progressOf({ phase }, feature) {
  if (!feature) return el("small", { title: t("truncated") }, "—");
  const { grade, gradedOn, isStale, nextDueOn } = feature;
  const lines = grade
    ? [gradeBadge(grade), el("small", {}, t("asOfDate", { date: shortDate(gradedOn) })), isStale ? staleBadge() : null]
    : [reports(phase) ? el("small", { class: "no-report" }, t("noReport")) : null];
  return [...lines, nextDueOn ? el("small", {}, t("nextDue", { date: shortDate(nextDueOn) })) : null];
}

function regionsOf(regions) {
  const names = regions.map(placeName);
  const shown = names.slice(0, REGIONS_SHOWN).join(t("listSeparator"));
  if (names.length <= REGIONS_SHOWN) return shown;
  const rest = t("andOthers", { name: shown, count: names.length - REGIONS_SHOWN });
  return el("span", { title: names.join(t("listSeparator")) }, rest);
}

function linkTo(planId, { text, lang }, state) {
  return el("a", { class: "title", href: formatState({ ...state, plan: planId }), lang, title: text }, text);
}

function keepInView(row) {
  const box = row.closest(".plans-scroll");
  if (box.scrollHeight <= box.clientHeight) return;
  const [inner, outer] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
  const head = 40;
  if (inner.top < outer.top + head || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - head;
}
