/** Halves of fiscal years: H1 from April to September, H2 from October to March. */
import { language } from "./texts.js";

const REIWA = 2019;
const HEISEI = 1989;

/** Count the half that an ISO date lies in: two a fiscal year. */
export function halfOf(iso) {
  const [year, month] = iso.split("-").map(Number);
  if (month < 4) return (year - 1) * 2 + 1;
  return year * 2 + (month < 10 ? 0 : 1);
}

/** Return the last day of a half as an ISO date. */
export function lastDayOf(half) {
  const year = Math.floor(half / 2);
  return half % 2 === 0 ? `${year}-09-30` : `${year + 1}-03-31`;
}

/** Name a half: 令和8年度上期, or "FY2026 H1". */
export function halfLabel(half) {
  const year = Math.floor(half / 2);
  const first = half % 2 === 0;
  if (language() === "en") return `FY${year} ${first ? "H1" : "H2"}`;
  return `${yearInEra(year)}年度${first ? "上期" : "下期"}`;
}

/** Name the period of a report; an id that is no half is returned unchanged. */
export function periodLabel(id) {
  const [, year, half] = /^FY(\d{4})H([12])$/.exec(id) ?? [];
  return year ? halfLabel(Number(year) * 2 + Number(half) - 1) : id;
}

/** Fiscal 2019 is the first of Reiwa, as the state decided. */
function yearInEra(year) {
  if (year < HEISEI) return String(year);
  const [era, begin] = year >= REIWA ? ["令和", REIWA] : ["平成", HEISEI];
  return `${era}${year === begin ? "元" : year - begin + 1}`;
}
