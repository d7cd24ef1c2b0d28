/** Titles of the categories of measures, Japanese and English. */
const CATEGORIES = {
  a_corporate_investment: ["クラスターを構成する企業の設備投資促進", "Capital investment by companies forming the cluster"],
  a_growth_capital: ["成長資金への対応", "Growth capital"],
  a_infrastructure_hubs: ["関連するインフラ・拠点整備", "Related infrastructure and hubs"],
  a_regulatory_reform: ["規制・制度改革", "Regulatory and institutional reform"],
  a_human_resources: ["産業人材育成", "Industrial human resources"],
  b_company_investment: ["クラスターを構成する個別企業の投資促進等", "Investment by individual companies forming the cluster"],
  b_growth_capital: ["成長資金への対応", "Growth capital"],
  b_cluster_environment: ["クラスター全体での競争優位性を強化する環境整備支援", "Environment that strengthens the competitive advantage of the whole cluster"],
  b_regulatory_reform: ["規制・制度改革", "Regulatory and institutional reform"],
  b_human_resources: ["産業人材育成", "Industrial human resources"],
  c_operator_support: ["事業の状況に応じた事業主体へのきめ細かな支援", "Fine-grained support to operators according to the state of their business"],
  c_growth_capital: ["成長資金への対応", "Growth capital"],
  c_environment: ["環境整備支援", "Environment"],
  c_regulatory_reform: ["規制・制度改革", "Regulatory and institutional reform"],
  c_human_resources: ["産業人材育成", "Industrial human resources"],
  x_regional_base: ["地域基盤の再構築", "Rebuilding the regional base"],
  x_ai_transformation: ["AIトランスフォーメーション（AX）", "AI transformation (AX)"],
};

/** Name the category *key*; one that a plugin brought is shown by its key. */
export function categoryTitle(key, language) {
  const known = Object.hasOwn(CATEGORIES, key) ? CATEGORIES[key] : undefined;
  if (known) return language === "en" ? known[1] : known[0];
  return String(key).replaceAll("_", " ");
}
