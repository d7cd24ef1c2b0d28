/** One sign, one colour and one word for each grade of progress. */
import { el, svg } from "./dom.js";
import { date } from "./format.js";
import { t, word } from "./texts.js";

/** Poor grades are squares, good ones circles, and those without a verdict dashed. */
const LOOKS = {
  REGRESSED: { frame: "square", fill: "#6b1020", sign: "M12 6V17.5M6.8 12.6L12 17.8L17.2 12.6" },
  SERIOUSLY_DELAYED: { frame: "square", fill: "#b3261e", sign: "M7 6.5L12 11L17 6.5M7 13L12 17.5L17 13" },
  MISSED: { frame: "square", fill: "#4d3a36", sign: "M7.5 7.5L16.5 16.5M16.5 7.5L7.5 16.5" },
  DELAYED: { frame: "square", fill: "#b45309", sign: "M6.8 9.5L12 14.8L17.2 9.5" },
  NO_DATA: { frame: "dashed", fill: "#52606d", sign: "M9 9.6A3.1 3.1 0 1 1 13.2 12.4Q12 13 12 14.4M12 17.6V17.7" },
  NEARLY: { frame: "circle", fill: "#4d7c0f", sign: "M6.5 13.5Q9.3 8.5 12 12T17.5 10.5" },
  NOT_DUE: { frame: "dashed", fill: "#52606d", sign: "M7.4 12V12.1M12 12V12.1M16.6 12V12.1" },
  ON_TRACK: { frame: "circle", fill: "#1f7a4d", sign: "M6.5 12H17M12.6 7.4L17.2 12L12.6 16.6" },
  AHEAD: { frame: "circle", fill: "#0b5c8a", sign: "M7 11L12 6.5L17 11M7 17.5L12 13L17 17.5" },
  ACHIEVED: { frame: "circle", fill: "#14532d", sign: "M6.5 12.4L10.4 16.4L17.6 8" },
};
const FRAMES = {
  square: (fill) => svg("rect", { x: 1.5, y: 1.5, width: 21, height: 21, rx: 4, fill }),
  circle: (fill) => svg("circle", { cx: 12, cy: 12, r: 11, fill }),
  dashed: (stroke) => svg("circle", { cx: 12, cy: 12, r: 10.2, fill: "#fff", stroke, "stroke-width": 2, "stroke-dasharray": "4 2.4" }),
};

/** The grades from the worst to the best. */
export const GRADES = Object.keys(LOOKS);

/** Draw the sign of *grade*. */
export function drawGrade(grade, size = 16) {
  const { frame, fill, sign } = LOOKS[grade];
  const stroke = frame === "dashed" ? fill : "#fff";
  const view = { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true", focusable: "false" };
  const lines = { d: sign, fill: "none", stroke, "stroke-width": 2.6, "stroke-linecap": "round", "stroke-linejoin": "round" };
  return svg("svg", view, FRAMES[frame](fill), svg("path", lines));
}

/** Show the sign of *grade* with its word. */
export function gradeBadge(grade) {
  const sign = Object.hasOwn(LOOKS, grade) ? drawGrade(grade) : null;
  return el("span", { class: "grade", "data-grade": grade }, sign, el("span", {}, word("grade", grade)));
}

/** Return the worst of these grades; nothing where there is none. */
export function worst(grades) {
  return GRADES.find((one) => grades.includes(one)) ?? grades[0];
}

/** Warn that the last report is old. */
export function staleBadge() {
  return el("span", { class: "badge stale", title: t("staleHint") }, t("stale"));
}

/** Say how far a plan is, in words alone: for tips, and for those who listen. */
export function progressWords({ grade, gradedOn, isStale, nextDueOn, phase }) {
  const told = grade
    ? [`${t("progress")} ${word("grade", grade)}`, t("asOfDate", { date: date(gradedOn) }), isStale && t("stale")]
    : [reports(phase) && t("noReport")];
  return [told.filter(Boolean).join(" · "), nextDueOn ? t("nextDue", { date: date(nextDueOn) }) : ""].filter(Boolean);
}

/** Tell whether plans in *phase* have reports at all. */
export function reports(phase) {
  return phase === "IN_FORCE" || phase === "ENDED";
}
