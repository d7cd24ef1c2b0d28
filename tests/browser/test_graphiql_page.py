"""GraphiQL opens from local files and asks the API of its own server."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from browser.screen import Screen
from browser.showcase import SEMICONDUCTOR, SHOWN
from clusterplan.api import graphiql_assets

pytestmark = pytest.mark.browser

ANSWER = "document.querySelector('.graphiql-response')?.innerText ?? ''"
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def workbench(screen: Screen) -> Screen:
    """Open GraphiQL, and wait until it knows the schema."""
    names = graphiql_assets.file_names()
    missing = [
        name for name in names if not Path(graphiql_assets.DIRECTORY, name).is_file()
    ]
    assert not missing, "fetch the files of GraphiQL with `make assets`"
    screen.page.goto(f"{screen.base}/graphql")
    screen.wait("document.querySelector('.graphiql-execute-button')")
    return screen


def test_graphiql_runs_its_first_query(workbench: Screen) -> None:
    """The answer is that of the API, and no file comes from elsewhere."""
    workbench.page.click(".graphiql-execute-button")
    workbench.wait(f"({ANSWER}).includes('{SEMICONDUCTOR}')")
    assert f'"totalCount": {len(SHOWN)}' in workbench.page.evaluate(ANSWER)
    paths = {
        address.removeprefix(workbench.base).split("?")[0]
        for address in workbench.asked
    }
    assert "/static/graphiql/graphiql.js" in paths
    assert "/static/graphiql-page/page.js" in paths


def test_graphiql_shows_that_a_token_is_wrong(workbench: Screen) -> None:
    """The token goes to the API alone, and is not kept."""
    workbench.page.fill("#token", "cp_wrong-token")
    workbench.page.press("#token", "Tab")
    workbench.page.click(".graphiql-execute-button")
    workbench.wait(f"({ANSWER}).includes('BAD_TOKEN')")
    assert SEMICONDUCTOR not in workbench.page.evaluate(ANSWER)
    kept = workbench.page.evaluate(
        "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])"
    )
    assert "cp_wrong-token" not in kept
    assert workbench.complaints
    assert all("status of 401" in one for one in workbench.complaints)
    workbench.complaints.clear()


def test_the_map_leads_to_graphiql(screen: Screen) -> None:
    """Its link opens the page."""
    screen.open()
    screen.page.click("nav.links a[href=graphql]")
    screen.wait("document.querySelector('.graphiql-execute-button')")


def test_there_is_no_graphiql_unless_asked_for(server_by_default: str) -> None:
    """A browser that visits the API gets no page, and its files are not served."""
    for path in ("/graphql", "/static/graphiql-page/page.js"):
        request = urllib.request.Request(server_by_default + path, headers=PAGE)  # noqa: S310
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=60)  # noqa: S310
        with refused.value:
            text = refused.value.read().decode()
        assert "graphiql" not in text.lower()
