/** All words of the page: Japanese first, English second. */
const TEXTS = {
  title: ["投資マップ", "Investment map"],
  skipToTable: ["計画一覧へ移動", "Skip to the table of plans"],
  linksLabel: ["データと言語", "Data and language"],
  geojson: ["GeoJSONをダウンロード", "Download GeoJSON"],
  csv: ["CSVをダウンロード", "Download CSV"],
  schema: ["スキーマ", "Schema"],
  filters: ["絞り込み", "Filters"],
  filtersLabel: ["計画の絞り込み", "Filter the plans"],
  planTypeHint: ["計画の類型（未選択はすべて）", "Plan type (none chosen: all)"],
  phaseHint: ["段階（未選択はすべて）", "Phase (none chosen: all)"],
  phase: ["段階", "Phase"],
  phaseAndPeriod: ["段階・期間", "Phase, period"],
  progress: ["進捗", "Progress"],
  grade: ["進捗区分", "Grade"],
  gradeHint: ["進捗区分（未選択はすべて）", "Progress grade (none chosen: all)"],
  prefecture: ["都道府県", "Prefecture"],
  field: ["分野", "Field"],
  asOf: ["任意の日", "Any date"],
  timeline: ["半期で見る", "Half-year"],
  timelineLabel: ["時点を半期ごとに選ぶ", "Choose a half of a fiscal year"],
  timelineBack: ["前の半期", "Half before"],
  timelineOn: ["次の半期", "Next half"],
  timelineDay: ["{half}（{date}時点）", "{half} (as of {date})"],
  timelineToday: ["{half}（{date}、現在）", "{half} ({date}, now)"],
  search: ["キーワード", "Keyword"],
  searchHint: ["計画名・地域名から探す", "Plan or area name"],
  reset: ["条件を消す", "Clear"],
  all: ["すべて", "All"],
  mapLabel: ["地図", "Map"],
  zoomIn: ["拡大", "Zoom in"],
  zoomOut: ["縮小", "Zoom out"],
  plans: ["計画一覧", "Plans"],
  plan: ["計画", "Plan"],
  investment: ["投資", "Investment"],
  period: ["期間", "Period"],
  region: ["対象地域", "Region"],
  tableCaption: [
    "地図と同じ条件の計画。行を選ぶと地図の印と詳細が開きます。",
    "The plans of the map. Choosing a row opens its mark and its details.",
  ],
  more: ["続きを表示（{shown} / {total}件）", "Show more ({shown} of {total})"],
  andOthers: ["{name}ほか{count}", "{name} +{count}"],
  fictional: ["架空", "Fictional"],
  noPlace: ["位置なし", "No place"],
  unlocated: [
    "地図に位置のない計画・投資（{count}件、合計に含む）",
    "Without a place on the map ({count}, part of the totals)",
  ],
  totalPlans: ["{count}件", { one: "{count} plan", other: "{count} plans" }],
  totalsAgree: ["地図の合計＝表の合計", "map total = table total"],
  totalsDiffer: ["地図 {map}件・表 {table}件（更新中）", "map {map}, table {table} (changing)"],
  totalNet: ["投資額", "Investment"],
  totalNone: ["投資額の記載なし", "no investment stated"],
  totalGross: ["重複を含む合計 {amount}", "{amount} counting shared projects in each plan"],
  totalWithheld: ["金額非公表 {count}件", { one: "{count} amount withheld", other: "{count} amounts withheld" }],
  asOfDate: ["{date}時点", "as of {date}"],
  loading: ["読み込み中…", "Loading…"],
  retry: ["再試行", "Try again"],
  close: ["閉じる", "Close"],
  empty: ["条件に合う計画はありません。", "No plan matches these filters."],
  truncated: [
    "印が多いため地図には一部だけを表示しています。条件を絞るとすべて表示されます。",
    "Too many marks: the map shows a part. Narrow the filters to see all.",
  ],
  boundariesFailed: [
    "市区町村界を読み込めませんでした。計画の印と一覧は使えます。",
    "The municipal boundaries could not be loaded. Marks and table still work.",
  ],
  errorNetwork: [
    "サーバーに接続できませんでした。通信を確かめて再試行してください。",
    "The server could not be reached. Check the connection and try again.",
  ],
  errorStatus: [
    "サーバーが応答できませんでした（HTTP {status}）。少し待って再試行してください。",
    "The server could not answer (HTTP {status}). Wait a little and try again.",
  ],
  errorQuery: ["問い合わせを処理できませんでした：{message}", "The query failed: {message}"],
  errorPage: ["ページの処理に失敗しました：{message}", "The page failed: {message}"],
  notFound: [
    "この計画は見つかりません。基準日を変えるか、一覧から選び直してください。",
    "This plan was not found. Change the as-of date or choose another one.",
  ],
  group: ["{count}件の印。押すと広がります。", "{count} marks. Press to spread them."],
  legend: ["凡例", "Legend"],
  legendTitle: ["都道府県別の投資額", "Investment by prefecture"],
  legendBelow: ["{amount}未満", "below {amount}"],
  legendFrom: ["{amount}以上", "{amount} or more"],
  legendPlan: ["計画", "Plan"],
  legendInvestment: ["投資地点", "Investment site"],
  legendEnded: ["終了", "Ended"],
  legendGrades: ["進捗区分", "Progress grades"],
  amount: ["金額", "Amount"],
  amountUnknown: ["金額非公表", "amount withheld"],
  status: ["状態", "Status"],
  edition: ["第{edition}版", "Edition {edition}"],
  lead: ["策定主体", "Lead"],
  publishedOn: ["公表日", "Published"],
  validFrom: ["状態の開始日", "In this state since"],
  goal: ["目標", "Goal"],
  currentState: ["現状認識", "Current state"],
  vision: ["目指す姿", "Vision"],
  path: ["道筋", "Path"],
  winningPath: ["勝ち筋", "Winning path"],
  investmentPicture: ["投資の具体像", "Investment picture"],
  impacts: ["期待される効果", "Expected impacts"],
  policyMeans: ["政策手段", "Policy means"],
  challenges: ["課題", "Challenges"],
  significance: ["施策の意義", "Why"],
  content: ["中身", "What"],
  deadline: ["期限", "When"],
  responsibleDepartment: ["担当部署", "Who"],
  wayOfProceeding: ["進め方", "How"],
  indicators: ["指標", "Indicators"],
  indicator: ["指標", "Indicator"],
  baseline: ["基準値", "Baseline"],
  target: ["目標値", "Target"],
  investments: ["投資", "Investments"],
  anchor: ["起点投資", "Anchor"],
  outline: ["計画の内容", "Contents"],
  noDataOrReport: ["データなし・報告なし", "No data or no report"],
  noReport: ["進捗報告なし", "No progress report"],
  nextDue: ["次回期限 {date}", "next due {date}"],
  stale: ["報告が古い", "Old report"],
  staleHint: ["直近の報告が古く、現状と異なる場合があります。", "The last report is old; things may have changed since."],
  reportPeriod: ["報告期間", "Reported period"],
  reportedOn: ["報告日", "Reported on"],
  reportState: ["報告の状態", "Report status"],
  nextDueOn: ["次の報告期限", "Next report due"],
  poorIndicators: ["芳しくない指標", "Poor indicators"],
  partOf: ["{whole}件中{part}件", "{part} of {whole}"],
  trend: ["傾向", "Trend"],
  trendLater: ["3回目の報告から示します", "Shown from the third report on"],
  noVerdict: ["進捗区分は直近の報告期間のもので、計画全体の評価ではありません。", "Grades are of the last reported period; they are no verdict on the plan."],
  measures: ["施策", "Measures"],
  measureCounts: ["区分別の施策数", "Measures by grade"],
  cause: ["原因", "Cause"],
  causeUnknown: ["原因は報告されていません。", "No cause was reported."],
  external: ["外部要因", "External"],
  response: ["対応", "Response"],
  responseUnknown: ["対応は報告されていません。", "No response was reported."],
  actual: ["実績値", "Actual"],
  attainment: ["達成度", "Attainment"],
  editions: ["版", "Editions"],
  editionShown: ["表示中", "Shown"],
  editionThen: ["この版の時点を見る", "See the plan then"],
  onReport: ["{period}の進捗報告", "progress report of {period}"],
  occasion: ["契機：{occasion}", "Occasion: {occasion}"],
  colon: ["：", ": "],
  history: ["経緯", "History"],
  assumed: ["（推定）", " (assumed)"],
  source: ["出典", "Source"],
  permalink: ["この計画へのリンク", "Link to this plan"],
  listSeparator: ["、", ", "],
  typeNotLoaded: ["{key}（プラグインなし）", "{key} (plugin missing)"],
  detailsNotLoaded: [
    "この類型のプラグインが読み込まれていないため、類型別の内容は保存されたままの形で示します。",
    "The plugin of this plan type is not loaded: what the type adds is shown as it is stored.",
  ],
  detailsRaw: ["保存された内容", "As stored"],
  total: ["合計", "Total"],
  meti: ["経済産業省", "METI"],
  "phase.DRAFT": ["作成中", "Draft"],
  "phase.IN_REVIEW": ["確認中", "In review"],
  "phase.IN_FORCE": ["実施中", "In force"],
  "phase.ENDED": ["終了", "Ended"],
  "grade.REGRESSED": ["後退", "Regressed"],
  "grade.SERIOUSLY_DELAYED": ["大幅な遅れ", "Seriously delayed"],
  "grade.MISSED": ["未達成", "Missed"],
  "grade.DELAYED": ["遅れ", "Delayed"],
  "grade.NO_DATA": ["データなし", "No data"],
  "grade.NEARLY": ["概ね達成", "Nearly achieved"],
  "grade.NOT_DUE": ["判定時期前", "Not due yet"],
  "grade.ON_TRACK": ["順調", "On track"],
  "grade.AHEAD": ["前倒し", "Ahead"],
  "grade.ACHIEVED": ["達成", "Achieved"],
  "trend.IMPROVING": ["改善", "Improving"],
  "trend.STEADY": ["横ばい", "Steady"],
  "trend.WORSENING": ["悪化", "Worsening"],
  "response.REVISE": ["改訂する", "Revise"],
  "response.HOLD": ["改訂せず見守る", "Hold"],
  "cause.DESIGN": ["施策の設計", "Design of the measure"],
  "cause.MONEY": ["資金・予算", "Money"],
  "cause.STAFF": ["実施体制", "Staff"],
  "cause.PARTNER": ["連携先", "Partner"],
  "cause.PROCUREMENT": ["調達・契約", "Procurement"],
  "cause.LAND_PERMIT": ["用地・許認可", "Land and permits"],
  "cause.INFRASTRUCTURE_DEPENDENCY": ["インフラの遅れ", "Infrastructure that it waits for"],
  "cause.MARKET_DEMAND": ["市場・需要", "Market demand"],
  "cause.LABOUR_SUPPLY": ["人手不足", "Labour supply"],
  "cause.PRICE_COST": ["価格・費用の上昇", "Prices and costs"],
  "cause.DISASTER": ["災害・感染症", "Disaster or epidemic"],
  "cause.LAW": ["法令・制度", "Law and rules"],
  "cause.DATA": ["データの不足・遅れ", "Missing or late data"],
  "cause.OTHER": ["その他", "Other"],
  "revision.ADD": ["追加", "Added"],
  "revision.BRUSH_UP": ["磨き上げ", "Brushed up"],
  "revision.CORRECT": ["訂正", "Corrected"],
  "revision.EXPAND": ["拡充", "Expanded"],
  "revision.REGION_CHANGE": ["対象地域の変更", "Region changed"],
  "revision.RENAME": ["名称変更", "Renamed"],
  "revision.RETARGET": ["目標の変更", "Target changed"],
  "revision.RETIRE": ["廃止", "Retired"],
  "precision.SITE": ["地点", "exact site"],
  "precision.MUNICIPALITY": ["市区町村の代表点", "point of the municipality"],
  "precision.PREFECTURE": ["都道府県の代表点", "point of the prefecture"],
  "precision.AREA": ["対象地域の代表点", "point of the region"],
  "precision.BLOCK": ["ブロックの代表点", "point of the block"],
  "certainty.ANNOUNCED": ["公表", "announced"],
  "certainty.PLANNED": ["計画", "planned"],
  "certainty.SECURED": ["確保済み", "secured"],
  "certainty.SPENT": ["支出済み", "spent"],
};

let current = "ja";

/** Say which language the page speaks: `ja` or `en`. */
export function language() {
  return current;
}

/** Switch the language and fill the fixed texts of the page. */
export function speak(chosen) {
  current = chosen === "en" ? "en" : "ja";
  document.documentElement.lang = current;
  document.title = `${t("title")} | clusterplan`;
  for (const node of document.querySelectorAll("[data-text]")) {
    node.textContent = t(node.dataset.text);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
  }
  for (const node of document.querySelectorAll("[data-placeholder]")) {
    node.setAttribute("placeholder", t(node.dataset.placeholder));
  }
}

/** Say *key* in the language of the page, with *values* in its braces. */
export function t(key, values = {}) {
  const entry = TEXTS[key][current === "en" ? 1 : 0];
  const text = typeof entry === "string" ? entry : entry[values.count === 1 ? "one" : "other"];
  return text.replace(/\{(\w+)\}/g, (_, name) => shown(values[name]));
}

/** Say the member *value* of a closed set; an unknown one is shown as it is. */
export function word(set, value) {
  const key = `${set}.${String(value).toUpperCase()}`;
  return Object.hasOwn(TEXTS, key) ? t(key) : String(value).toLowerCase().replaceAll("_", " ");
}

/** Choose the title for the language, saying in which language it is. */
export function titleOf(thing) {
  const english = current === "en" && Boolean(thing.titleEn);
  return { text: (english ? thing.titleEn : thing.title) ?? "", lang: english ? "en" : "ja" };
}

function shown(value) {
  return typeof value === "number" ? value.toLocaleString(current) : String(value);
}
