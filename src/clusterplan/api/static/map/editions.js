/** The editions of a plan, and what each revision changed. */
import { el } from "./dom.js";
import { date } from "./format.js";
import { periodLabel } from "./halves.js";
import { formatState } from "./state.js";
import { t, titleOf, word } from "./texts.js";

/** List the editions of *plan*, the newest first. */
export function editionsOf(plan, state) {
  const list = known(plan);
  if (!list.length) return null;
  return el("ol", { class: "editions" }, list.toReversed().map((one) => el("li", {},
    el("p", {},
      el("strong", {}, t("edition", { edition: one.edition })),
      one.on ? el("time", { datetime: one.on }, date(one.on)) : null,
      one.edition === plan.edition
        ? el("span", { class: "badge" }, t("editionShown"))
        : one.on && el("a", { href: formatState({ ...state, plan: plan.id, asOf: one.on }) }, t("editionThen"))),
    one.revision ? revised(one.revision, plan) : null)));
}

function known({ edition, publishedOn, revisions }) {
  const adopted = (revisions ?? []).filter((one) => one.edition).toSorted((one, other) => one.on.localeCompare(other.on));
  if (!publishedOn) return [];
  const first = adopted[0]?.base ?? edition;
  const list = [
    { edition: first, on: first.endsWith(".0") ? publishedOn : null },
    ...adopted.map((revision) => ({ edition: revision.edition, on: revision.on, revision })),
  ];
  return list.some((one) => one.edition === edition) ? list : [...list, { edition, on: null }];
}

function revised({ report, occasion, items }, plan) {
  const cause = report ? t("onReport", { period: periodLabel(report) }) : occasion;
  return [
    cause ? el("p", {}, t("occasion", { occasion: cause })) : null,
    items.length ? el("ul", {}, items.map((one) => el("li", {},
      el("span", { class: "badge" }, word("revision", one.kind)), " ", targetOf(one, plan),
      one.reason ? [t("colon"), el("span", { lang: "ja" }, one.reason)] : null))) : null,
  ];
}

function targetOf({ target }, plan) {
  const parts = [...(plan.policyMeans?.measures ?? []), ...(plan.indicators ?? [])];
  const part = parts.find(({ id }) => id === target);
  if (!part) return target ?? "";
  const { text, lang } = titleOf(part);
  return el("span", { lang }, text);
}
