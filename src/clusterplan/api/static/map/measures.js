/** The measures of a plan, each with its answers to 5W1H. */
import { categoryTitle } from "./categories.js";
import { descriptions, el } from "./dom.js";
import { date, placeName } from "./format.js";
import { language, t, titleOf } from "./texts.js";

/** List the measures of *plan* under the titles of their categories. */
export function measuresOf(plan) {
  return [...byCategory(plan.policyMeans?.measures ?? [])].map(([category, members]) => [
    el("h4", {}, `${categoryTitle(category, language())} (${members.length})`),
    members.map((one) => measure(one, plan)),
  ]).flat(2);
}

function byCategory(list) {
  const groups = new Map();
  for (const one of list) groups.set(one.category, [...(groups.get(one.category) ?? []), one]);
  return groups;
}

function measure(one, plan) {
  const title = titleOf(one);
  const { significance, content, deadline, responsibleDepartment, wayOfProceeding } = one.fiveW1h ?? {};
  return el("details", { class: "measure" },
    el("summary", { lang: title.lang }, title.text),
    descriptions([
      ["significance", inJapanese(significance)],
      ["content", inJapanese(content)],
      ["deadline", dueText(deadline)],
      ["responsibleDepartment", department(responsibleDepartment, plan)],
      ["wayOfProceeding", steps(wayOfProceeding)],
    ], "five-w"));
}

function dueText(deadline) {
  if (!deadline) return "";
  const half = language() === "en" && deadline.half?.replace("H", " H");
  const dates = deadline.milestones.map((one) => el("li", {}, `${date(one.date)} `, el("span", { lang: "ja" }, one.text)));
  return [half || date(deadline.label), dates.length ? el("ul", {}, dates) : null].filter(Boolean);
}

function inJapanese(text) {
  return text ? el("span", { lang: "ja" }, text) : "";
}

function steps(list) {
  if (!list?.length) return "";
  return list.length > 1 ? el("ol", { lang: "ja" }, list.map((one) => el("li", {}, one))) : inJapanese(list[0]);
}

function department(one, plan) {
  if (!one) return "";
  return [organization(one.organization, plan), one.unit].filter(Boolean).join(" ");
}

/** Name an organization that is given by its code. */
function organization(code, plan) {
  if (code === "meti") return t("meti");
  const known = [...(plan.region ?? []), plan.lead].find((place) => place?.code === code);
  return code ? placeName(known ?? { code }) : "";
}
