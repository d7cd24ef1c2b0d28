/** Ask the GraphQL API; every failure becomes an `ApiError` that can be shown. */
import { planFilter } from "./state.js";
import { language, t } from "./texts.js";

const HOW = `fragment How on MapFeature { grade gradedOn isStale nextDueOn }`;

const MAP = `query Map($filter: PlanFilter, $asOf: Date) {
  investmentMap(filter: $filter, asOf: $asOf) {
    asOf truncated
    areas { code name nameEn count gross net }
    points { id kind planId planType title fictional lon lat precision amount certainty areaCode areaName phase ...How }
    unlocated { id kind planId planType title fictional amount areaCode phase ...How }
    totals { count gross net withheld }
    facets { field values { value title count } }
  }
  planTypes { key code title titleEn }
}
${HOW}`;

const SPAN = `query Span($today: Boolean!) {
  plans(first: 1, orderBy: PUBLISHED_ON, direction: ASC) { nodes { publishedOn } }
  investmentMap(maxPoints: 1) @include(if: $today) { asOf }
}`;

const MARK = `query Mark($filter: PlanFilter, $asOf: Date) {
  investmentMap(filter: $filter, asOf: $asOf) {
    points { planId ...How }
    unlocated { planId ...How }
  }
}
${HOW}`;

const PLANS = `query Plans($filter: PlanFilter, $asOf: Date, $after: String) {
  plans(filter: $filter, asOf: $asOf, first: 100, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id title titleEn planType phase state edition fictional
      lead { kind code name } region { code name nameEn } period { from to label } publishedOn
    }
  }
}`;

const PLAN = `query Plan($id: ID!, $asOf: Date) {
  plan(id: $id, asOf: $asOf) {
    id title titleEn fictional planType phase state stateTitle edition publishedOn validFrom source
    lead { kind code name } region { code name nameEn } period { from to label }
    goal { currentState vision }
    path { winningPath investmentPicture impacts { id text } }
    policyMeans {
      challenges { id text }
      measures {
        id title titleEn category
        fiveW1h {
          significance content
          deadline { date half label milestones { id date text } }
          responsibleDepartment { organization unit }
          wayOfProceeding
        }
      }
    }
    indicators { id title titleEn unit baseline { date value } target { date value } }
    investments { id title titleEn anchor total }
    history { state title titleEn on basis }
    detailsOutline { heading level items }
    rawDetails
    progress {
      periodId periodEnd reportedOn trend poor { poor total } measureCounts { grade count }
      measures {
        measure grade isPoor
        indicators { indicator grade attainmentShown }
        milestones { milestone grade }
      }
    }
    reports {
      id state { title titleEn }
      parts {
        rows {
          measure text noNumberReason
          observations { indicator value asOf missingReason }
          causes { category external text }
          response { kind reason }
        }
      }
    }
    revisions { id edition base on report occasion items { id kind target reason } }
  }
}`;

/** Something the API could not do, said in the language of the page. */
class ApiError extends Error {}

/** Say in the language of the page what went wrong. */
export function sayError(error) {
  return error instanceof ApiError ? error.message : t("errorPage", { message: error.message });
}

/** Load what the map shows for *state*. */
export function loadMap(state, signal) {
  return ask(MAP, { filter: planFilter(state), asOf: state.asOf || null }, signal);
}

/** Load a page of the table for *state*, from the cursor *after* on. */
export async function loadPlans(state, signal, after = null) {
  const variables = { filter: planFilter(state), asOf: state.asOf || null, after };
  return (await ask(PLANS, variables, signal)).plans;
}

/** Load one plan; null when there is none to be seen at that date. */
export async function loadPlan(id, asOf, signal) {
  return (await ask(PLAN, { id, asOf: asOf || null }, signal)).plan;
}

/** Load from when on there are public plans, and what day it is, unless *today* tells. */
export async function loadSpan(today, signal) {
  const { plans, investmentMap } = await ask(SPAN, { today: !today }, signal);
  const now = today || investmentMap.asOf;
  return { first: plans.nodes[0]?.publishedOn ?? now, today: now };
}

/** Load the mark of a plan that is not among those on the map. */
export async function loadMark({ id, title, planType }, asOf, signal) {
  const [word] = title.trim().split(/\s+/);
  const filter = { text: [...word].slice(0, 50).join(""), planTypes: [planType] };
  const { points, unlocated } = (await ask(MARK, { filter, asOf: asOf || null }, signal)).investmentMap;
  return [...points, ...unlocated].find(({ planId }) => planId === id);
}

async function ask(query, variables, signal) {
  const response = await post(JSON.stringify({ query, variables }), signal);
  const answer = await response.json().catch(() => null);
  if (answer?.errors?.length) {
    throw new ApiError(t("errorQuery", { message: messageOf(answer.errors[0]) }));
  }
  if (!response.ok || !answer?.data) {
    throw new ApiError(t("errorStatus", { status: String(response.status) }));
  }
  return answer.data;
}

async function post(body, signal) {
  const headers = {
    "Content-Type": "application/json",
    Accept: "application/json",
    "Accept-Language": language(),
  };
  try {
    return await fetch("graphql", { method: "POST", headers, body, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(t("errorNetwork"));
  }
}

function messageOf(error) {
  const own = language() === "en" ? error.extensions?.messageEn : error.extensions?.messageJa;
  return own ?? error.message;
}
