/** How far a plan is: its grades, and why measures are poor, by its last report. */
import { descriptions, el } from "./dom.js";
import { date, number } from "./format.js";
import { gradeBadge, reports, staleBadge, worst } from "./grades.js";
import { periodLabel } from "./halves.js";
import { t, titleOf, word } from "./texts.js";

/** Show the progress of *plan*; *feature* is its mark, which knows what is due. */
export function progressOf(plan, feature) {
  const { progress } = plan;
  const due = feature?.nextDueOn ? date(feature.nextDueOn) : "";
  if (!progress) {
    return reports(plan.phase) ? [el("p", { class: "no-report" }, t("noReport")), descriptions([["nextDueOn", due]], "facts")] : [];
  }
  const report = (plan.reports ?? []).find(({ id }) => id === progress.periodId);
  return [
    headline(progress, feature),
    descriptions([
      ["reportPeriod", periodLabel(progress.periodId)],
      ["reportedOn", date(progress.reportedOn)],
      ["reportState", report ? titleOf(report.state).text : ""],
      ["nextDueOn", due],
      ["poorIndicators", t("partOf", { part: progress.poor.poor, whole: progress.poor.total })],
      ["trend", progress.trend ? word("trend", progress.trend) : t("trendLater")],
    ], "facts"),
    el("p", { class: "note" }, t("noVerdict")),
    el("h4", {}, t("measures")),
    el("ul", { class: "measures-progress" }, progress.measures.map((one) => measure(one, plan, rowOf(report, one.measure)))),
  ];
}

function headline({ measures, periodEnd, measureCounts }, feature) {
  const grade = worst(measures.map((one) => one.grade));
  return el("div", { class: "headline" },
    el("p", {},
      grade ? gradeBadge(grade) : null,
      el("span", {}, t("asOfDate", { date: date(periodEnd) })),
      feature?.isStale ? staleBadge() : null),
    el("ul", { class: "counts", "aria-label": t("measureCounts") },
      measureCounts.map((one) => el("li", {}, gradeBadge(one.grade), " ", el("span", { class: "count" }, String(one.count))))));
}

function rowOf(report, measureId) {
  return (report?.parts ?? []).flatMap(({ rows }) => rows).find(({ measure: id }) => id === measureId);
}

function measure(graded, plan, row) {
  const known = (plan.policyMeans?.measures ?? []).find(({ id }) => id === graded.measure);
  return el("li", {},
    el("details", { open: graded.isPoor, "data-measure": graded.measure },
      el("summary", {}, gradeBadge(graded.grade), named(known, graded.measure)),
      row?.text ? el("p", { lang: "ja", class: "prose" }, row.text) : null,
      graded.isPoor ? reasons(row) : null,
      figures(graded, plan, row),
      milestones(graded, known),
      row?.noNumberReason ? el("p", { lang: "ja" }, row.noNumberReason) : null));
}

function named(known, id) {
  if (!known) return el("span", {}, id);
  const { text, lang } = titleOf(known);
  return el("span", { lang }, text);
}

/** Tell why a measure is poor, and what follows. */
function reasons(row) {
  const causes = row?.causes ?? [];
  return el("dl", { class: "reasons" },
    el("div", {}, el("dt", {}, t("cause")), causes.length ? causes.map(cause) : el("dd", {}, t("causeUnknown"))),
    el("div", {}, el("dt", {}, t("response")), el("dd", {}, answer(row?.response))));
}

function cause({ category, external, text }) {
  const kinds = [category && word("cause", category), external && t("external")].filter(Boolean);
  return el("dd", {}, kinds.map((one) => el("span", { class: "badge" }, one)), " ", el("span", { lang: "ja" }, text));
}

function answer(response) {
  if (!response) return t("responseUnknown");
  const reason = response.reason ? el("span", { lang: "ja" }, response.reason) : null;
  return [el("span", { class: "badge" }, word("response", response.kind)), " ", reason];
}

function figures({ indicators }, plan, row) {
  if (!indicators.length) return null;
  const line = (one) => {
    const known = (plan.indicators ?? []).find(({ id }) => id === one.indicator);
    const seen = (row?.observations ?? []).find(({ indicator }) => indicator === one.indicator);
    return el("tr", {},
      el("th", { scope: "row" }, named(known, one.indicator)),
      el("td", {}, observed(seen, known?.unit)),
      el("td", {}, one.attainmentShown === null ? "—" : percent(one.attainmentShown)),
      el("td", {}, gradeBadge(one.grade)));
  };
  return el("div", { class: "figures" }, el("table", { class: "small" },
    el("thead", {}, el("tr", {}, ["indicator", "actual", "attainment", "grade"].map((key) => el("th", { scope: "col" }, t(key))))),
    el("tbody", {}, indicators.map(line))));
}

function observed(seen, unit) {
  if (!seen) return "—";
  if (seen.value === null) return seen.missingReason ? el("small", { lang: "ja" }, seen.missingReason) : "—";
  const figure = number(seen.value);
  return [unit === "%" ? `${figure}%` : `${figure} ${unit ?? ""}`, seen.asOf ? el("small", {}, date(seen.asOf)) : null];
}

function percent(share) {
  return `${number((Number(share) * 100).toFixed(0))}%`;
}

function milestones({ milestones: graded }, known) {
  const planned = known?.fiveW1h?.deadline?.milestones ?? [];
  const line = (one) => {
    const step = planned.find(({ id }) => id === one.milestone);
    return el("li", {}, gradeBadge(one.grade), " ", step ? [`${date(step.date)} `, el("span", { lang: "ja" }, step.text)] : one.milestone);
  };
  return graded.length ? el("ul", { class: "milestones" }, graded.map(line)) : null;
}
