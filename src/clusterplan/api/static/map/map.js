/** The map itself: Leaflet over Japan, with areas, legend and credits. */
import { Boundaries, TINTS, TINT_LIMITS } from "./boundaries.js";
import { byId, el } from "./dom.js";
import { yen } from "./format.js";
import { GRADES, gradeBadge } from "./grades.js";
import { drawShape } from "./shapes.js";
import { t } from "./texts.js";

const LIMITS = [[17, 115], [50, 162]];
const MAIN_ISLANDS = [[30.3, 128.8], [45.6, 146]];

/** Above this many degrees of latitude the legend lies over the sea. */
const NATIONAL_SPAN = 6;
const LEGEND_WIDTH = 220;
const CREDITS = "<span>市区町村界：気象庁の予報区等データを加工</span> <span>地名・代表点：localgovjp (CC0)</span>";

/** Make the map and what lies under the marks. */
export function createMap() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map("map", {
    minZoom: 4, maxZoom: 13, zoomSnap: 0.5, zoomDelta: 1, maxBounds: LIMITS, maxBoundsViscosity: 1,
    zoomControl: false, attributionControl: false, zoomAnimation: !calm, fadeAnimation: !calm,
  });
  L.control.attribution({ prefix: false }).addTo(map).addAttribution(CREDITS).setPrefix(false);
  map.fitBounds(MAIN_ISLANDS);
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  return { map, boundaries: new Boundaries(map), furniture: new Furniture(map) };
}

/** Fit the view to *bounds*, or to the main islands when there are none. */
export function fit(map, bounds) {
  map.invalidateSize({ pan: false });
  const wanted = bounds?.pad(0.06) ?? L.latLngBounds(MAIN_ISLANDS);
  const wide = map.getSize().x > 600 && wanted.getNorth() - wanted.getSouth() < NATIONAL_SPAN;
  map.fitBounds(wanted, {
    paddingTopLeft: [wide ? LEGEND_WIDTH : 32, 32], paddingBottomRight: [32, 32], maxZoom: 9, animate: false,
  });
}

/** Zoom buttons and legend, made anew when the language changes. */
class Furniture {
  #map;
  #controls = [];

  constructor(map) {
    this.#map = map;
  }

  draw() {
    for (const one of this.#controls) one.remove();
    const legend = L.control({ position: "topleft" });
    legend.onAdd = drawLegend;
    this.#controls = [
      L.control.zoom({ position: "topright", zoomInTitle: t("zoomIn"), zoomOutTitle: t("zoomOut") }),
      legend,
    ];
    for (const one of this.#controls) one.addTo(this.#map);
    byId("map").setAttribute("aria-label", t("title"));
  }
}

function drawLegend() {
  const key = (shape, text) => el("li", {}, shape, text);
  const tints = TINTS.map((colour, i) => {
    const swatch = el("span", { class: "swatch" });
    swatch.style.backgroundColor = colour;
    const last = i === TINT_LIMITS.length;
    return key(swatch, t(last ? "legendFrom" : "legendBelow", { amount: yen(TINT_LIMITS[last ? i - 1 : i]) }));
  });
  const roomy = matchMedia("(min-width: 560px)").matches;
  return el("details", { class: "legend", open: roomy },
    el("summary", {}, t("legend")),
    el("p", {}, t("legendTitle")), el("ul", {}, tints),
    el("ul", { class: "marks" },
      key(drawShape("local_industry_growth", { size: 14 }), t("legendPlan")),
      key(drawShape("local_industry_growth", { size: 14, kind: "INVESTMENT" }), t("legendInvestment")),
      key(drawShape("local_industry_growth", { size: 14, phase: "ENDED" }), t("legendEnded"))),
    el("details", { class: "grades" }, el("summary", {}, t("legendGrades")), el("ul", {}, GRADES.map((one) => el("li", {}, gradeBadge(one))))));
}
