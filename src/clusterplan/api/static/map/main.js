/** Joins the parts: the state decides what is loaded, the parts show it. */
import { loadMap, loadMark, loadPlan, loadPlans, loadSpan, sayError } from "./api.js";
import { Detail } from "./detail.js";
import { byId } from "./dom.js";
import { Filters } from "./filters.js";
import { Labels } from "./labels.js";
import { createMap, fit } from "./map.js";
import { Markers } from "./markers.js";
import { exportAddress, formatState, parseState, sameFilters, writeState } from "./state.js";
import { Status } from "./status.js";
import { Table, drawTotals } from "./table.js";
import { speak, t } from "./texts.js";
import { Timeline } from "./timeline.js";

/** The page: one state, what was loaded for it, and the parts that show it. */
class Page {
  #state = parseState(location.search);
  #found = null;
  #plan = null;
  #feature = null;
  #span = null;
  #loading = null;
  #loadingPlan = null;
  #notice = "";
  #status = new Status();
  #ground = createMap();
  #markers = new Markers(this.#ground.map, {
    select: (id) => this.#go({ plan: id }, { from: "map" }),
    active: (ids) => this.#table.activate(ids),
  });
  #labels = new Labels(this.#ground.map, () => this.#markers.places());
  #filters = new Filters((parts, options) => this.#go(parts, options));
  #timeline = new Timeline((parts) => this.#go(parts));
  #table = new Table({
    select: (id) => this.#go({ plan: id }, { from: "table" }),
    active: (id) => this.#pointAt(id),
    more: () => this.#more(),
  });
  #detail = new Detail({ close: () => this.#close() });
  #pointing = 0;
  #started = false;

  async start() {
    addEventListener("popstate", () => this.#show(parseState(location.search), {}));
    byId("language").addEventListener("click", (event) => {
      event.preventDefault();
      this.#go({ lang: this.#state.lang === "en" ? "ja" : "en" });
    });
    this.#drawLanguage();
    this.#drawFrame();
    const boundaries = this.#ground.boundaries.load("static/boundaries.topojson").then(
      (areas) => this.#labels.setMunicipalities(areas),
      () => { this.#notice = "boundariesFailed"; },
    );
    await Promise.all([this.#load({ view: true }), boundaries]);
    this.#settle();
    await this.#openPlan("address");
    this.#started = true;
    this.#declareReady();
  }

  /** Say to scripts that what was asked for first is on the screen. */
  #declareReady() {
    if (!this.#started || !this.#found) return;
    const declare = () => { document.documentElement.dataset.ready = "true"; };
    requestAnimationFrame(() => requestAnimationFrame(declare));
  }

  /** Change parts of the state and remember the step in the address. */
  #go(change, { replace = false, from = "" } = {}) {
    const next = typeof change === "function" ? change(this.#state) : { ...this.#state, ...change };
    if (formatState(next) !== formatState(this.#state)) writeState(next, { replace });
    this.#show(next, { from });
  }

  async #show(next, { from = "" }) {
    const before = this.#state;
    this.#state = next;
    if (next.lang !== before.lang) {
      this.#drawLanguage();
      this.#redraw();
    }
    this.#drawFrame();
    if (!sameFilters(before, next)) {
      await this.#load({ view: before.pref !== next.pref });
      if (before.asOf !== next.asOf) await this.#openPlan("");
    }
    if (before.plan !== next.plan) await this.#openPlan(from || "address");
    else if (from) this.#reach(from);
  }

  /** Load map and table; the map moves to what was found if *view* or out of sight. */
  async #load({ view }) {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    this.#status.show("loading", t("loading"));
    try {
      const [found, plans] = await Promise.all([loadMap(this.#state, signal), loadPlans(this.#state, signal)]);
      const planTypes = new Map(found.planTypes.map((one) => [one.key, one]));
      const map = found.investmentMap;
      this.#span ??= await loadSpan(this.#state.asOf ? "" : map.asOf, signal);
      this.#found = { map, plans, planTypes, features: featuresOf(map) };
      this.#redraw();
      if (view || !this.#markers.inView()) fit(this.#ground.map, this.#markers.bounds());
      this.#declareReady();
    } catch (error) {
      if (!signal.aborted) this.#status.show("error", sayError(error), { [t("retry")]: () => this.#load({ view }) });
    }
  }

  async #more() {
    const { plans } = this.#found;
    try {
      const next = await loadPlans(this.#state, this.#loading.signal, plans.pageInfo.endCursor);
      this.#found.plans = { ...next, nodes: [...plans.nodes, ...next.nodes] };
      this.#drawTable();
    } catch (error) {
      if (!this.#loading.signal.aborted) this.#status.show("error", sayError(error), { [t("retry")]: () => this.#more() });
    }
  }

  /** Load and open the plan of the state; *from* says where it was chosen. */
  async #openPlan(from) {
    this.#loadingPlan?.abort();
    const { signal } = (this.#loadingPlan = new AbortController());
    const { plan: id, asOf } = this.#state;
    this.#plan = null;
    this.#markers.select(id);
    this.#table.select(id);
    if (!id) return this.#closePanel();
    this.#detail.say(t("loading"));
    try {
      const plan = await loadPlan(id, asOf, signal);
      const drawn = !plan || this.#found?.features.has(id);
      this.#feature = drawn ? null : await loadMark(plan, asOf, signal);
      this.#plan = plan;
      this.#drawDetail();
      return from && this.#reach(from);
    } catch (error) {
      return signal.aborted || this.#detail.say(sayError(error), () => this.#openPlan(from));
    }
  }

  /** Bring the chosen plan into sight where the reader did not choose it. */
  #reach(from) {
    const { plan } = this.#state;
    this.#table.select(plan);
    if (from === "map") this.#markers.panTo(plan);
    else this.#markers.reveal(plan);
    if (from !== "address") this.#detail.focus();
  }

  #close() {
    const { plan } = this.#state;
    this.#go({ plan: "" });
    this.#table.focus(plan);
  }

  #closePanel() {
    this.#detail.hide();
    this.#ground.boundaries.choose([]);
  }

  #pointAt(planId) {
    this.#markers.activate(planId);
    clearTimeout(this.#pointing);
    if (planId) this.#pointing = setTimeout(() => this.#markers.panTo(planId), 250);
  }

  /** Show what the last load has to say when it went well. */
  #settle() {
    if (!this.#found) return;
    if (this.#found.map.totals.count === 0) {
      this.#status.show("empty", t("empty"), { [t("reset")]: () => this.#filters.reset() });
    } else if (this.#found.map.truncated) this.#status.show("notice", t("truncated"));
    else if (this.#notice) this.#status.show("notice", t(this.#notice));
    else this.#status.hide();
  }

  #drawLanguage() {
    speak(this.#state.lang);
    this.#ground.furniture.draw();
  }

  /** Draw what follows from the state alone. */
  #drawFrame() {
    const other = this.#state.lang === "en" ? "ja" : "en";
    const link = byId("language");
    link.textContent = other === "en" ? "English" : "日本語";
    link.lang = link.hreflang = other;
    link.href = formatState({ ...this.#state, lang: other });
    for (const format of ["geojson", "csv"]) byId(format).href = exportAddress(this.#state, format);
    this.#filters.draw(this.#state);
    this.#timeline.draw(this.#state);
  }

  /** Draw again all that was loaded. */
  #redraw() {
    if (!this.#found) return;
    const { map, planTypes } = this.#found;
    this.#filters.know(map.facets, planTypes);
    this.#filters.draw(this.#state);
    this.#timeline.know(this.#span);
    this.#timeline.draw(this.#state);
    this.#ground.boundaries.tint(map.areas);
    this.#markers.show(map.points, planTypes);
    this.#labels.draw();
    this.#drawTable();
    if (this.#plan) this.#drawDetail();
    this.#settle();
  }

  #drawTable() {
    const { map, plans, planTypes, features } = this.#found;
    this.#table.draw(plans, { features, unlocated: map.unlocated, planTypes, state: this.#state });
    drawTotals(map, plans);
  }

  #drawDetail() {
    if (!this.#plan) return this.#detail.say(t("notFound"));
    this.#ground.boundaries.choose((this.#plan.region ?? []).map(({ code }) => code));
    const feature = this.#found?.features.get(this.#plan.id) ?? this.#feature;
    return this.#detail.show(this.#plan, { feature, planTypes: this.#found?.planTypes ?? new Map(), state: this.#state });
  }
}

/** Find the mark of each plan, which tells how far it is; its investments tell the same. */
function featuresOf({ points, unlocated }) {
  return new Map([...points, ...unlocated].map((one) => [one.planId, one]));
}

new Page().start();
