"use strict";

const DEFAULT_QUERY = `# 投資マップに載る計画と、計画の種類。
# ▶ か Ctrl+Enter で実行します。
# 型と項目の説明は左上の本のアイコンから。
#
# The plans on the map, and their types.
# Run with ▶ or Ctrl+Enter; the book at
# the upper left explains every field.

{
  plans(first: 10) {
    totalCount
    nodes {
      id
      title
      phase
    }
  }
  planTypes {
    key
    code
    title
  }
}
`;

const tokenField = document.getElementById("token");
const root = ReactDOM.createRoot(document.getElementById("graphiql"));

function fetcherWith(token) {
  const authorization = token ? { Authorization: `Bearer ${token}` } : {};
  return async function post(body, { headers } = {}) {
    const response = await fetch(window.location.pathname, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        ...authorization,
        ...headers,
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      return { errors: [{ message: `HTTP ${response.status}: ${text}` }] };
    }
  };
}

// A new fetcher makes GraphiQL read the schema again, as the new token may see it.
function draw() {
  root.render(
    React.createElement(GraphiQL, {
      fetcher: fetcherWith(tokenField.value.trim()),
      defaultQuery: DEFAULT_QUERY,
    }),
  );
}

tokenField.addEventListener("change", draw);
draw();
