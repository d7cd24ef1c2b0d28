/** Names on the map: prefectures first, municipalities when one is near. */
import { el } from "./dom.js";
import { PREFECTURES } from "./prefectures.js";
import { language } from "./texts.js";

const PREFECTURES_FROM_ZOOM = 5;
const MUNICIPALITIES_FROM_ZOOM = 10;
const CHARACTER = 11;
const LINE = 16;
const MARK = 32;

/** How far down, in pixels, a name may move to make room for a mark. */
const SHIFTS = [0, 26, -26];

/** From these zooms on, a name that moves so far still lies in its area. */
const SHIFT_FROM_ZOOM = { prefecture: 7.5, municipality: 11 };

/** Draws as many names as fit without touching each other. */
export class Labels {
  #layer = L.layerGroup();
  #map;
  #obstacles;
  #municipalities = [];

  /** Write on *map*; *obstacles* tells the places of the marks. */
  constructor(map, obstacles) {
    this.#map = map;
    this.#obstacles = obstacles;
    map.createPane("labels").classList.add("labels-pane");
    this.#layer.addTo(map);
    map.on("moveend", () => this.draw());
  }

  /** Take the names of the municipalities, largest first. */
  setMunicipalities(areas) {
    this.#municipalities = areas.toSorted((one, other) => other.size - one.size);
    this.draw();
  }

  /** Write the names that belong into the present view. */
  draw() {
    this.#layer.clearLayers();
    const view = this.#map.getBounds().pad(0.1);
    const zoom = this.#map.getZoom();
    const taken = this.#obstacles().map((place) => this.#boxOf(place, MARK, MARK));
    for (const one of this.#candidates()) {
      if (!view.contains([one.lat, one.lon])) continue;
      const box = this.#boxOf([one.lat, one.lon], widthOf(one.text), LINE);
      const shifts = zoom < SHIFT_FROM_ZOOM[one.kind] ? [0] : SHIFTS;
      const shift = shifts.find((down) => !taken.some((other) => touches({ ...box, y: box.y + down }, other)));
      if (shift === undefined) continue;
      taken.push({ ...box, y: box.y + shift });
      this.#write(one, shift);
    }
  }

  #candidates() {
    const zoom = this.#map.getZoom();
    if (zoom >= MUNICIPALITIES_FROM_ZOOM) {
      return this.#municipalities.map((one) => ({ ...one, text: one.name, lang: "ja", kind: "municipality" }));
    }
    if (zoom < PREFECTURES_FROM_ZOOM) return [];
    const lang = language();
    return PREFECTURES.map((one) => ({ ...one, text: one[lang], lang, kind: "prefecture" }));
  }

  #boxOf(place, width, height) {
    const { x, y } = this.#map.latLngToContainerPoint(place);
    return { x, y, width, height };
  }

  #write({ lat, lon, text, lang, kind }, shift) {
    const html = el("span", { lang, "aria-hidden": "true" }, text);
    const icon = L.divIcon({ className: `place-name ${kind}`, html, iconSize: [0, 0], iconAnchor: [0, -shift] });
    L.marker([lat, lon], { icon, pane: "labels", interactive: false, keyboard: false }).addTo(this.#layer);
  }
}

function widthOf(text) {
  return 6 + [...text].reduce((sum, one) => sum + (one.charCodeAt(0) > 255 ? 1 : 0.6) * CHARACTER, 0);
}

function touches(one, other) {
  return Math.abs(one.x - other.x) * 2 < one.width + other.width
    && Math.abs(one.y - other.y) * 2 < one.height + other.height;
}
