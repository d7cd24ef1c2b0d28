/** The 47 prefectures: six-digit code, names, and where a label sits. */
export const PREFECTURES = [
  { code: "010006", ja: "北海道", en: "Hokkaido", lat: 43.38, lon: 142.57 },
  { code: "020001", ja: "青森県", en: "Aomori", lat: 40.78, lon: 140.83 },
  { code: "030007", ja: "岩手県", en: "Iwate", lat: 39.59, lon: 141.36 },
  { code: "040002", ja: "宮城県", en: "Miyagi", lat: 38.45, lon: 140.93 },
  { code: "050008", ja: "秋田県", en: "Akita", lat: 39.75, lon: 140.41 },
  { code: "060003", ja: "山形県", en: "Yamagata", lat: 38.44, lon: 140.1 },
  { code: "070009", ja: "福島県", en: "Fukushima", lat: 37.38, lon: 140.23 },
  { code: "080004", ja: "茨城県", en: "Ibaraki", lat: 36.3, lon: 140.32 },
  { code: "090000", ja: "栃木県", en: "Tochigi", lat: 36.69, lon: 139.82 },
  { code: "100005", ja: "群馬県", en: "Gunma", lat: 36.5, lon: 138.99 },
  { code: "110001", ja: "埼玉県", en: "Saitama", lat: 36.0, lon: 139.35 },
  { code: "120006", ja: "千葉県", en: "Chiba", lat: 35.51, lon: 140.2 },
  { code: "130001", ja: "東京都", en: "Tokyo", lat: 35.71, lon: 139.44 },
  { code: "140007", ja: "神奈川県", en: "Kanagawa", lat: 35.41, lon: 139.34 },
  { code: "150002", ja: "新潟県", en: "Niigata", lat: 37.48, lon: 138.96 },
  { code: "160008", ja: "富山県", en: "Toyama", lat: 36.63, lon: 137.27 },
  { code: "170003", ja: "石川県", en: "Ishikawa", lat: 36.76, lon: 136.77 },
  { code: "180009", ja: "福井県", en: "Fukui", lat: 35.84, lon: 136.23 },
  { code: "190004", ja: "山梨県", en: "Yamanashi", lat: 35.61, lon: 138.61 },
  { code: "200000", ja: "長野県", en: "Nagano", lat: 36.13, lon: 138.04 },
  { code: "210005", ja: "岐阜県", en: "Gifu", lat: 35.78, lon: 137.06 },
  { code: "220001", ja: "静岡県", en: "Shizuoka", lat: 35.01, lon: 138.33 },
  { code: "230006", ja: "愛知県", en: "Aichi", lat: 35.03, lon: 137.22 },
  { code: "240001", ja: "三重県", en: "Mie", lat: 34.51, lon: 136.38 },
  { code: "250007", ja: "滋賀県", en: "Shiga", lat: 35.22, lon: 136.14 },
  { code: "260002", ja: "京都府", en: "Kyoto", lat: 35.25, lon: 135.45 },
  { code: "270008", ja: "大阪府", en: "Osaka", lat: 34.62, lon: 135.51 },
  { code: "280003", ja: "兵庫県", en: "Hyogo", lat: 35.09, lon: 134.83 },
  { code: "290009", ja: "奈良県", en: "Nara", lat: 34.31, lon: 135.87 },
  { code: "300004", ja: "和歌山県", en: "Wakayama", lat: 33.91, lon: 135.51 },
  { code: "310000", ja: "鳥取県", en: "Tottori", lat: 35.36, lon: 133.85 },
  { code: "320005", ja: "島根県", en: "Shimane", lat: 35.01, lon: 132.53 },
  { code: "330001", ja: "岡山県", en: "Okayama", lat: 34.9, lon: 133.82 },
  { code: "340006", ja: "広島県", en: "Hiroshima", lat: 34.62, lon: 132.79 },
  { code: "350001", ja: "山口県", en: "Yamaguchi", lat: 34.21, lon: 131.55 },
  { code: "360007", ja: "徳島県", en: "Tokushima", lat: 33.92, lon: 134.24 },
  { code: "370002", ja: "香川県", en: "Kagawa", lat: 34.21, lon: 133.98 },
  { code: "380008", ja: "愛媛県", en: "Ehime", lat: 33.6, lon: 132.85 },
  { code: "390003", ja: "高知県", en: "Kochi", lat: 33.42, lon: 133.37 },
  { code: "400009", ja: "福岡県", en: "Fukuoka", lat: 33.52, lon: 130.67 },
  { code: "410004", ja: "佐賀県", en: "Saga", lat: 33.29, lon: 130.12 },
  { code: "420000", ja: "長崎県", en: "Nagasaki", lat: 32.94, lon: 129.93 },
  { code: "430005", ja: "熊本県", en: "Kumamoto", lat: 32.64, lon: 130.83 },
  { code: "440001", ja: "大分県", en: "Oita", lat: 33.2, lon: 131.43 },
  { code: "450006", ja: "宮崎県", en: "Miyazaki", lat: 32.19, lon: 131.3 },
  { code: "460001", ja: "鹿児島県", en: "Kagoshima", lat: 31.63, lon: 130.64 },
  { code: "470007", ja: "沖縄県", en: "Okinawa", lat: 26.5, lon: 127.97 },
];

/** Find a prefecture by a code of two, five or six digits. */
export function prefectureOf(code) {
  return PREFECTURES.find((one) => one.code.slice(0, 2) === String(code).slice(0, 2));
}

/** Tell whether *code* names a whole prefecture, not a municipality in it. */
export function isPrefecture(code) {
  return /^\d{2}(000\d?)?$/.test(code);
}
