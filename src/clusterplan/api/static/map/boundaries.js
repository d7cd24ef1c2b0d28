/** Municipal areas from TopoJSON, drawn on canvas, tinted by prefecture. */
import { isPrefecture } from "./prefectures.js";

/** Upper limits in yen of the tints; the last tint has none. */
export const TINT_LIMITS = [1e10, 1e11, 1e12];
export const TINTS = ["#e3ede3", "#c8dccb", "#a8c8af", "#84af90"];

const LAND = "#fafaf6";
const CHOSEN = { fillColor: "#ffefbf", color: "#d0af55" };
const BORDER = "#cdd3d0";
const COAST_AND_PREFECTURES = "#8b979c";
const MUNICIPALITIES_FROM_ZOOM = 7.5;

/** Undo the quantised deltas: each arc becomes a list of [lat, lon]. */
export function decodeArcs({ arcs, transform }) {
  const [sx, sy] = transform.scale;
  const [tx, ty] = transform.translate;
  return arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx, dy]) => {
      x += dx;
      y += dy;
      return [y * sy + ty, x * sx + tx];
    });
  });
}

/** Join arcs to a ring; a negative index means the arc runs backwards. */
export function joinRing(indexes, arcs) {
  return indexes.flatMap((index, position) => {
    const arc = index < 0 ? arcs[~index].toReversed() : arcs[index];
    return position === 0 ? arc : arc.slice(1);
  });
}

/** List the polygons of a geometry, each a list of rings of arc indexes. */
export function polygonsOf(geometry) {
  return geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs;
}

/** Find the arcs on a coast or between two prefectures. */
export function outlineArcs(geometries) {
  const users = new Map();
  for (const geometry of geometries) {
    for (const index of polygonsOf(geometry).flat(2)) {
      const arc = index < 0 ? ~index : index;
      const known = users.get(arc) ?? [];
      users.set(arc, [...known, prefectureDigits(geometry.properties.c)]);
    }
  }
  return [...users]
    .filter(([, prefectures]) => prefectures.length === 1 || prefectures[0] !== prefectures[1])
    .map(([arc]) => arc);
}

/** The Northern Territories have no code of their own and belong to Hokkaido. */
function prefectureDigits(code) {
  return /^\d/.test(code) ? code.slice(0, 2) : "01";
}

/** The areas on the map; empty until their file has come. */
export class Boundaries {
  #areas = [];
  #map;
  #tints = new Map();
  #chosen = new Set();
  #detailed = false;

  constructor(map) {
    this.#map = map;
    map.on("zoomend", () => this.#detailed !== this.#wantsDetail() && this.#paint());
  }

  /** Fetch and draw the areas; return their name and place for labels. */
  async load(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return this.#draw(await response.json());
  }

  /** Tint the prefectures by the *net* sum of their investments. */
  tint(areas) {
    this.#tints = new Map(
      areas.filter(({ net }) => net > 0).map(({ code, net }) => [code.slice(0, 2), tintOf(net)]),
    );
    this.#paint();
  }

  /** Mark the areas with these codes as the region of the chosen plan. */
  choose(codes) {
    this.#chosen = new Set(codes.map((code) => code.slice(0, isPrefecture(code) ? 2 : 5)));
    this.#paint();
  }

  #draw(topology) {
    const arcs = decodeArcs(topology);
    const { geometries } = topology.objects.municipalities;
    const renderer = new (plainCanvas())({ padding: 0.4 });
    const base = { renderer, interactive: false };
    this.#areas = geometries.map((geometry) => {
      const rings = polygonsOf(geometry).map((polygon) => polygon.map((ring) => joinRing(ring, arcs)));
      const layer = L.polygon(rings, { ...base, fillOpacity: 1, smoothFactor: 0.7 });
      return { layer, code: geometry.properties.c, name: geometry.properties.n, rings };
    });
    this.#paint();
    for (const { layer } of this.#areas) layer.addTo(this.#map);
    const outlines = outlineArcs(geometries).map((index) => arcs[index]);
    L.polyline(outlines, { ...base, color: COAST_AND_PREFECTURES, weight: 1, smoothFactor: 0.7 }).addTo(this.#map);
    return this.#areas.map(({ name, rings }) => ({ name, ...middleOf(rings) }));
  }

  #paint() {
    this.#detailed = this.#wantsDetail();
    for (const { layer, code } of this.#areas) layer.setStyle(this.#styleOf(code));
  }

  #styleOf(code) {
    const prefecture = prefectureDigits(code);
    if (this.#chosen.has(code) || this.#chosen.has(prefecture)) {
      return { ...CHOSEN, weight: 1 };
    }
    const fillColor = this.#tints.get(prefecture) ?? LAND;
    return { fillColor, color: this.#detailed ? BORDER : fillColor, weight: this.#detailed ? 0.7 : 1 };
  }

  #wantsDetail() {
    return this.#map.getZoom() >= MUNICIPALITIES_FROM_ZOOM;
  }
}

/**
 * Make a Leaflet renderer without mouse events that draws by the processor:
 * thousands of small areas take seconds where graphics are done in software.
 */
function plainCanvas() {
  return L.Canvas.extend({
    _initContainer() {
      this._container = document.createElement("canvas");
      this._ctx = this._container.getContext("2d", { willReadFrequently: true });
    },
  });
}

function tintOf(amount) {
  const rank = TINT_LIMITS.findIndex((limit) => amount < limit);
  return TINTS.at(rank);
}

/** Find the centroid of the largest outer ring, and how wide it is. */
function middleOf(polygons) {
  let best = { size: -1 };
  for (const [ring] of polygons) {
    const one = centroid(ring);
    if (one.size > best.size) best = one;
  }
  return best;
}

function centroid(ring) {
  const [lat0, lon0] = ring[0];
  let twice = 0;
  let lat = 0;
  let lon = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [y1, x1] = [ring[i - 1][0] - lat0, ring[i - 1][1] - lon0];
    const [y2, x2] = [ring[i][0] - lat0, ring[i][1] - lon0];
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    lat += (y1 + y2) * cross;
    lon += (x1 + x2) * cross;
  }
  if (twice === 0) return { lat: lat0, lon: lon0, size: 0 };
  return { lat: lat0 + lat / (3 * twice), lon: lon0 + lon / (3 * twice), size: Math.abs(twice) };
}
