/** Amounts, dates and places as people write them. */
import { isPrefecture, prefectureOf } from "./prefectures.js";
import { language } from "./texts.js";

/** Write yen shortly: 860億円, 1兆2,000億円, or "JPY 86 bn". */
export function yen(amount) {
  return language() === "en" ? yenEnglish(amount) : yenJapanese(amount);
}

/** Write yen to the last digit. */
export function yenExact(amount) {
  const figure = amount.toLocaleString("en");
  return language() === "en" ? `JPY ${figure}` : `${figure}円`;
}

/** Write an ISO date as the language does; other text is returned unchanged. */
export function date(iso, month = "long") {
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso ?? "")) return iso ?? "";
  const day = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  const locale = language() === "en" ? "en-GB" : "ja-JP";
  return day.toLocaleDateString(locale, {
    timeZone: "UTC", year: "numeric", month, day: "numeric",
  });
}

/** Write an ISO date where there is little room. */
export function shortDate(iso) {
  return date(iso, language() === "en" ? "short" : "long");
}

/** Write a number with its digits grouped; other text is returned unchanged. */
export function number(text) {
  return String(text).replace(/^([+-]?)(\d{4,})/, (_, sign, digits) => sign + BigInt(digits).toLocaleString("en"));
}

/** Write the period of a plan: 令和8年度～令和12年度, or "FY2026–FY2030". */
export function period(one) {
  if (!one) return "";
  return language() === "en" ? [date(one.from), date(one.to)].join("–") : one.label;
}

/** Name a region or an office, in English where its name is known. */
export function placeName({ code, name, nameEn }) {
  const prefecture = isPrefecture(code ?? "") ? prefectureOf(code) : undefined;
  if (prefecture) return prefecture[language()];
  return (language() === "en" && nameEn) || name || code || "";
}

/** Name the body that leads *plan*; a municipality is known from the region. */
export function leadName({ lead, region }) {
  if (!lead) return "";
  return placeName((region ?? []).find(({ code }) => code === lead.code) ?? lead);
}

function yenJapanese(amount) {
  const oku = amount / 1e8;
  if (oku >= 9999.5) {
    const whole = Math.round(oku);
    const rest = whole % 10000;
    const cho = `${figure(Math.floor(whole / 10000))}兆`;
    return rest === 0 ? `${cho}円` : `${cho}${figure(rest)}億円`;
  }
  if (oku >= 1) return `${figure(oku, oku < 100 ? 1 : 0)}億円`;
  if (amount >= 1e4) return `${figure(Math.round(amount / 1e4))}万円`;
  return `${figure(amount)}円`;
}

function yenEnglish(amount) {
  for (const [size, unit] of [[1e12, "tn"], [1e9, "bn"], [1e6, "m"]]) {
    const scaled = amount / size;
    if (scaled >= 0.9995) return `JPY ${figure(scaled, scaled < 100 ? 1 : 0)} ${unit}`;
  }
  return `JPY ${figure(amount)}`;
}

function figure(value, digits = 0) {
  return value.toLocaleString("en", { maximumFractionDigits: digits });
}
