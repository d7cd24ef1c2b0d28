/** The slider that goes through time in halves of fiscal years. */
import { byId } from "./dom.js";
import { date } from "./format.js";
import { halfLabel, halfOf, lastDayOf } from "./halves.js";
import { t } from "./texts.js";

/** Shows the day of a state; calls *change(parts)* with another one. */
export class Timeline {
  #range = byId("timeline-range");
  #change;
  #span = null;
  #asOf = "";

  constructor(change) {
    this.#change = change;
    this.#range.addEventListener("input", () => this.#write(this.#chosen()));
    this.#range.addEventListener("change", () => this.#go(this.#chosen()));
    byId("timeline-back").addEventListener("click", () => this.#go(this.#dayAt(this.#position() - 1)));
    byId("timeline-on").addEventListener("click", () => this.#go(this.#dayAt(this.#position() + 1)));
  }

  /** Take the first day with a public plan, and today. */
  know(span) {
    this.#span = span;
  }

  /** Show *asOf*; nothing means today. */
  draw({ asOf }) {
    this.#asOf = asOf;
    byId("timeline").hidden = !this.#span;
    if (!this.#span) return;
    const position = this.#position();
    this.#range.max = this.#last();
    this.#range.value = position;
    byId("timeline-back").disabled = position === 0;
    byId("timeline-on").disabled = position === this.#last() && !asOf;
    this.#write(asOf);
  }

  #last() {
    return Math.max(0, halfOf(this.#span.today) - halfOf(this.#span.first));
  }

  #position() {
    const half = halfOf(this.#asOf || this.#span.today) - halfOf(this.#span.first);
    return Math.min(this.#last(), Math.max(0, half));
  }

  #chosen() {
    return this.#dayAt(Number(this.#range.value));
  }

  /** Return the last day of a half, and nothing, for today, from the present one on. */
  #dayAt(position) {
    return position >= this.#last() ? "" : lastDayOf(halfOf(this.#span.first) + position);
  }

  #go(asOf) {
    this.#change({ asOf });
  }

  #write(asOf) {
    const day = asOf || this.#span.today;
    const text = t(asOf ? "timelineDay" : "timelineToday", { half: halfLabel(halfOf(day)), date: date(day) });
    byId("timeline-text").textContent = text;
    this.#range.setAttribute("aria-valuetext", text);
  }
}
