/** The filter bar: it shows the state and its counts, and reports changes. */
import { byId, el } from "./dom.js";
import { GRADES, drawGrade } from "./grades.js";
import { PREFECTURES } from "./prefectures.js";
import { drawShape, typeTitle } from "./shapes.js";
import { PHASES, withoutFilters } from "./state.js";
import { language, t, word } from "./texts.js";

const TYPING_PAUSE = 350;

/** Draws the filters for a state and calls *change(parts, options)*. */
export class Filters {
  #change;
  #facets = new Map();
  #planTypes = new Map();
  #typing = 0;

  constructor(change) {
    this.#change = change;
    const onChange = (id, part) => byId(id).addEventListener("change", ({ target }) => change({ [part]: target.value }));
    onChange("filter-pref", "pref");
    onChange("filter-field", "field");
    byId("filter-as-of").addEventListener("change", ({ target }) => target.validity.valid && change({ asOf: target.value }));
    byId("filter-text").addEventListener("input", ({ target }) => this.#typed(target.value));
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("filters-reset").addEventListener("click", () => this.reset());
    byId("filters-toggle").addEventListener("click", ({ currentTarget }) => {
      const open = currentTarget.getAttribute("aria-expanded") === "true";
      currentTarget.setAttribute("aria-expanded", String(!open));
    });
    for (const [id, part] of [["filter-types", "types"], ["filter-phases", "phases"], ["filter-grades", "grades"]]) {
      byId(id).addEventListener("change", () => change({ [part]: checkedIn(byId(id)) }));
    }
    closesItself(byId("filter-grades"));
  }

  /** Take new counts and plan types from the API. */
  know(facets, planTypes) {
    this.#facets = new Map(facets.map(({ field, values }) => [field, values]));
    this.#planTypes = planTypes;
  }

  /** Drop all filters. */
  reset() {
    clearTimeout(this.#typing);
    this.#typing = 0;
    this.#change(withoutFilters);
  }

  /** Show *state* in the controls. */
  draw(state) {
    this.#choices("filter-types", this.#typeChoices(state.types), state.types);
    this.#choices("filter-phases", PHASES.map((key) => ({ key, text: word("phase", key), count: this.#count("phases", key) })), state.phases);
    this.#choices("filter-grades", GRADES.map((key) => ({ key, text: gradeText(key), count: this.#count("grades", key), mark: drawGrade(key) })), state.grades);
    byId("filter-grades-chosen").textContent = state.grades.map(gradeText).join(t("listSeparator")) || t("all");
    this.#options("filter-pref", PREFECTURES.map((one) => ({ key: one.code, text: one[language()], count: this.#count("prefectures", one.code) })), state.pref);
    this.#options("filter-field", this.#fieldChoices(state.field), state.field);
    byId("filter-as-of").value = state.asOf;
    if (!this.#typing) byId("filter-text").value = state.q;
    byId("filters-reset").disabled = String(Object.values(withoutFilters(state))) === String(Object.values(state));
  }

  #typeChoices(chosen) {
    const found = (this.#facets.get("planTypes") ?? []).map(({ value }) => value);
    return [...new Set([...this.#planTypes.keys(), ...found, ...chosen])].map((key) => ({
      key, ...typeTitle(key, this.#planTypes), count: this.#count("planTypes", key), mark: drawShape(key, { size: 16 }),
    }));
  }

  #fieldChoices(chosen) {
    const known = (this.#facets.get("fields") ?? []).map(({ value, title, count }) => ({ key: value, text: title ?? value, count }));
    if (chosen && !known.some(({ key }) => key === chosen)) known.push({ key: chosen, text: chosen, count: 0 });
    return known;
  }

  #count(field, key) {
    const same = (value) => (field === "prefectures" ? value.slice(0, 2) === key.slice(0, 2) : value.toUpperCase() === key.toUpperCase());
    return (this.#facets.get(field) ?? []).find(({ value }) => same(String(value)))?.count ?? 0;
  }

  #choices(id, choices, chosen) {
    const box = byId(id).querySelector(".choices");
    const focused = box.contains(document.activeElement) ? document.activeElement.value : null;
    box.replaceChildren(...choices.map(({ key, text, lang, count, mark }) => {
      const input = el("input", { type: "checkbox", value: key });
      input.checked = chosen.includes(key);
      return el("label", {}, input, mark, el("span", { lang }, text), el("span", { class: "count" }, String(count)));
    }));
    if (focused !== null) [...box.querySelectorAll("input")].find(({ value }) => value === focused)?.focus();
  }

  #options(id, options, chosen) {
    byId(id).replaceChildren(
      el("option", { value: "" }, t("all")),
      ...options.map(({ key, text, count }) => el("option", { value: key }, count ? `${text} (${count})` : text)),
    );
    byId(id).value = chosen;
  }

  #typed(text) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.#typing = 0;
      this.#change({ q: text }, { replace: true });
    }, TYPING_PAUSE);
  }
}

/** The filter finds plans without a report as well as those without data. */
function gradeText(key) {
  return key === "NO_DATA" ? t("noDataOrReport") : word("grade", key);
}

/** Close a menu on Escape, and when the reader turns to something else. */
function closesItself(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  addEventListener("pointerdown", ({ target }) => { if (!menu.contains(target)) menu.open = false; });
  menu.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false; });
}

function checkedIn(fieldset) {
  return [...fieldset.querySelectorAll("input:checked")].map(({ value }) => value);
}
