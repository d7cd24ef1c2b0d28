/** The marks of plans and investment sites on the map. */
import { el } from "./dom.js";
import { yen } from "./format.js";
import { drawGrade, progressWords } from "./grades.js";
import { fanOffsets, group } from "./grouping.js";
import { countBy, drawBubble, drawShape, typeTitle } from "./shapes.js";
import { t, titleOf, word } from "./texts.js";

const REVEAL_ZOOM = 11;

/** A mark nearer to the upper edge has its tip beside it. */
const TIP_HEIGHT = 190;

/** Draws points, groups those that overlap, and tells what was chosen. */
export class Markers {
  #map;
  #on;
  #points = [];
  #planTypes = new Map();
  #groups = [];
  #layer = L.layerGroup();
  #fan = L.layerGroup();
  #elements = new Map();
  #selected = "";

  /** Draw on *map*; *on.select* and *on.active* get the id of a plan. */
  constructor(map, on) {
    this.#map = map;
    this.#on = on;
    this.#layer.addTo(map);
    this.#fan.addTo(map);
    map.on("zoomend", () => this.#draw());
    map.on("zoomstart click", () => this.#foldFan());
    map.getContainer().addEventListener("keydown", ({ key }) => key === "Escape" && this.#foldFan());
  }

  /** Show these points in place of those before. */
  show(points, planTypes) {
    this.#points = points.filter(({ lon, lat }) => Number.isFinite(lon) && Number.isFinite(lat));
    this.#planTypes = planTypes;
    this.#foldFan();
    this.#draw();
  }

  /** List where marks and bubbles are. */
  places() {
    return this.#groups.map(({ points }) => middleOf(points));
  }

  /** Tell whether any point lies in the present view. */
  inView() {
    return this.#points.some((point) => this.#map.getBounds().contains(placeOf(point)));
  }

  /** Return the bounds of all points, or null when there are none. */
  bounds() {
    return this.#points.length ? L.latLngBounds(this.#points.map(placeOf)) : null;
  }

  /** Mark the plan that is open in the detail panel. */
  select(planId) {
    this.#selected = planId;
    this.#flag("is-selected", planId);
  }

  /** Lift the marks of the plan the reader points at. */
  activate(planId) {
    this.#flag("is-active", planId);
  }

  /** Move the map when the plan's mark is out of sight. */
  panTo(planId) {
    const point = this.#pointOf(planId);
    if (point && !this.#map.getBounds().pad(-0.05).contains(placeOf(point))) this.#map.panTo(placeOf(point));
  }

  /** Show the plan's own mark: zoom in, and spread marks at the same place. */
  reveal(planId) {
    const point = this.#pointOf(planId);
    if (!point || this.#isAlone(point)) return this.panTo(planId);
    const zoom = this.#zoomThatParts(point);
    const fan = () => this.#isAlone(point) || this.#openFan(this.#groupOf(point));
    if (zoom === this.#map.getZoom()) {
      this.panTo(planId);
      return fan();
    }
    this.#map.once("zoomend", () => setTimeout(fan));
    return this.#map.setView(placeOf(point), zoom);
  }

  #pointOf(planId) {
    const own = this.#points.filter((one) => one.planId === planId);
    return own.find((one) => one.kind === "PLAN") ?? own[0];
  }

  #groupOf(point) {
    return this.#groups.find(({ points }) => points.includes(point));
  }

  #isAlone(point) {
    return this.#groupOf(point)?.points.length === 1;
  }

  #zoomThatParts(point) {
    const now = this.#map.getZoom();
    for (let zoom = Math.ceil(now); zoom <= this.#map.getMaxZoom(); zoom += 1) {
      const own = this.#groupsAt(zoom).find(({ points }) => points.includes(point));
      if (own.points.length === 1) return zoom;
    }
    return Math.max(now, REVEAL_ZOOM);
  }

  #groupsAt(zoom) {
    return group(this.#points, (point) => this.#map.project(placeOf(point), zoom));
  }

  #draw() {
    const focused = document.activeElement?.closest?.("#map .marker")?.dataset.planId;
    this.#layer.clearLayers();
    this.#elements.clear();
    this.#groups = this.#groupsAt(this.#map.getZoom());
    for (const one of this.#groups) {
      if (one.points.length === 1) this.#addMark(one.points[0], placeOf(one.points[0]), this.#layer);
      else this.#addBubble(one);
    }
    this.select(this.#selected);
    if (focused) [...(this.#elements.get(focused) ?? [])][0]?.focus({ preventScroll: true });
  }

  #addMark(point, place, layer) {
    const size = point.kind === "INVESTMENT" ? 20 : 24;
    const html = el("span", { class: "sign" }, drawShape(point.planType, { ...point, size }), gradeOf(point));
    const lines = this.#describe(point);
    const mark = this.#add(layer, place, "marker", html, 28, lines.join(t("listSeparator")), [point.planId]);
    mark.getElement().dataset.planId = point.planId;
    mark.getElement().dataset.kind = point.kind;
    mark.getElement().dataset.phase = point.phase ?? "";
    const [title, ...rest] = lines;
    this.#explain(mark, [el("strong", {}, title), rest.map((line) => el("span", {}, line))]);
    onPress(mark.getElement(), () => this.#on.select(point.planId));
  }

  #addBubble(one) {
    const size = 30 + Math.min(14, 3 * Math.log2(one.points.length));
    const place = middleOf(one.points);
    const ids = [...new Set(one.points.map(({ planId }) => planId))];
    const types = [...countBy(one.points, (point) => this.#typeTitle(point))].map(([title, count]) => `${title} ${count}`);
    const label = [t("group", { count: one.points.length }), ...types];
    const mark = this.#add(this.#layer, place, "bubble", drawBubble(one.points, size), size, label.join(" "), ids);
    mark.getElement().dataset.count = one.points.length;
    this.#explain(mark, label.map((line) => el("span", {}, line)));
    onPress(mark.getElement(), () => this.#open(one));
  }

  #add(layer, place, className, html, size, label, planIds) {
    const icon = L.divIcon({ className, html, iconSize: [size, size] });
    const mark = L.marker(place, { icon, riseOnHover: true }).addTo(layer);
    const node = mark.getElement();
    node.setAttribute("aria-label", label);
    node.addEventListener("mouseenter", () => this.#on.active(planIds));
    node.addEventListener("mouseleave", () => this.#on.active([]));
    for (const id of planIds) {
      if (!this.#elements.has(id)) this.#elements.set(id, new Set());
      this.#elements.get(id).add(node);
    }
    return mark;
  }

  #explain(mark, lines) {
    mark.bindTooltip(el("div", {}, lines), { className: "tip", opacity: 1 });
    mark.on("tooltipopen", ({ tooltip }) => {
      const { x, y } = this.#map.latLngToContainerPoint(mark.getLatLng());
      const roomRight = x < this.#map.getSize().x * 0.56;
      const [direction, offset] = y > TIP_HEIGHT ? ["top", [0, -14]] : roomRight ? ["right", [14, 0]] : ["left", [-14, 0]];
      Object.assign(tooltip.options, { direction, offset });
      tooltip.update();
    });
  }

  #open(one) {
    const bounds = L.latLngBounds(one.points.map(placeOf));
    const zoom = Math.min(this.#map.getBoundsZoom(bounds, false, L.point(80, 80)), this.#map.getMaxZoom());
    const parts = this.#groupsAt(zoom).filter(({ points }) => points.some((point) => one.points.includes(point)));
    if (zoom > this.#map.getZoom() && parts.length > 1) this.#map.setView(bounds.getCenter(), zoom);
    else this.#openFan(one);
  }

  #openFan(one) {
    this.#foldFan();
    const centre = middleOf(one.points);
    this.#map.panInside(centre, { padding: [90, 90] });
    const pixel = this.#map.latLngToLayerPoint(centre);
    fanOffsets(one.points.length).forEach((offset, i) => {
      const place = this.#map.layerPointToLatLng(pixel.add(offset));
      L.polyline([centre, place], { color: "#52606d", weight: 1.2, interactive: false }).addTo(this.#fan);
      this.#addMark(one.points[i], place, this.#fan);
    });
    this.select(this.#selected);
  }

  #foldFan() {
    for (const mark of this.#fan.getLayers()) {
      const node = mark.getElement?.();
      for (const nodes of this.#elements.values()) nodes.delete(node);
    }
    this.#fan.clearLayers();
  }

  #flag(className, planId) {
    for (const node of this.#map.getContainer().querySelectorAll(`.${className}`)) node.classList.remove(className);
    for (const node of this.#elements.get(planId) ?? []) node.classList.add(className);
  }

  #describe(point) {
    const money = [
      typeof point.amount === "number" ? yen(point.amount) : "",
      point.certainty ? word("certainty", point.certainty) : "",
    ].filter(Boolean).join(" ");
    return [
      titleOf(point).text,
      [point.fictional && t("fictional"), this.#typeTitle(point), t(point.kind === "INVESTMENT" ? "legendInvestment" : "legendPlan"), point.phase && word("phase", point.phase)],
      [point.areaName, point.precision && word("precision", point.precision)],
      money,
      ...progressWords(point),
    ].map((line) => [line].flat().filter(Boolean).join(" · ")).filter(Boolean);
  }

  #typeTitle(point) {
    return typeTitle(point.planType, this.#planTypes).text;
  }
}

/** Put the grade at the corner of a plan's mark; its investments have none of their own. */
function gradeOf({ kind, grade }) {
  return grade && kind === "PLAN" ? el("span", { class: "corner" }, drawGrade(grade, 13)) : null;
}

function placeOf({ lat, lon }) {
  return [lat, lon];
}

function middleOf(points) {
  return L.latLngBounds(points.map(placeOf)).getCenter();
}

function onPress(node, act) {
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    act();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  });
}
