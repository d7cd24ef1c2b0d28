"""Filters are read from pairs of key and value, all problems at once."""

from __future__ import annotations

import pytest

from clusterplan.core.errors import InputError
from clusterplan.core.filters import PlanFilter
from clusterplan.core.grades import Grade
from clusterplan.core.identifiers import AreaCode
from clusterplan.core.lifecycle import Phase


def test_a_filter_is_read_from_pairs() -> None:
    """Keys in both spellings, values one by one or separated by commas."""
    pairs = [
        ("plan_types", "strategic_cluster"),
        ("planTypes", "regional_cluster, local_industry_growth,"),
        ("phases", "IN_FORCE,draft"),
        ("grades", "DELAYED, regressed"),
        ("prefectures", "43"),
        ("text", "半導体, 工業用水"),
        ("text", " 熊本 "),
        ("bureaus", ""),
    ]
    assert PlanFilter.parse(pairs) == PlanFilter(
        plan_types=("strategic_cluster", "regional_cluster", "local_industry_growth"),  # type: ignore[arg-type]
        phases=(Phase.IN_FORCE, Phase.DRAFT),
        grades=(Grade.DELAYED, Grade.REGRESSED),
        prefectures=("43",),  # type: ignore[arg-type]
        text="半導体, 工業用水 熊本",
    )


@pytest.mark.parametrize("pairs", [[], [("text", "  ")], [("states", ",,")]])
def test_nothing_that_is_asked_for_is_no_filter(pairs: list[tuple[str, str]]) -> None:
    """Empty values leave a part open."""
    assert PlanFilter.parse(pairs) == PlanFilter()


def test_all_problems_are_told_at_once() -> None:
    """Unknown keys and phases are named, with what can be used."""
    with pytest.raises(InputError) as caught:
        PlanFilter.parse(
            [
                ("prefecture", "43"),
                ("grades", "bad"),
                ("phases", "open,draft,x"),
                ("x" * 99, ""),
            ]
        )
    problems = caught.value.problems
    assert [(p.reason, p.path) for p in problems] == [
        ("UNKNOWN_FILTER", ("prefecture",)),
        ("UNKNOWN_FILTER", ("x" * 40,)),
        ("UNKNOWN_VALUE", ("phases",)),
        ("UNKNOWN_VALUE", ("phases",)),
        ("UNKNOWN_VALUE", ("grades",)),
    ]
    assert "seriously_delayed" in (problems[4].hint or "")
    assert "prefectures" in (problems[0].hint or "")
    assert problems[2].hint == "draft, in_review, in_force, ended"
    for problem in problems:
        assert any(ord(char) > 0x3000 for char in problem.message_ja)
        assert problem.message_en.isascii()
        assert len(problem.message_en) < 200


def test_codes_are_completed_to_six_digits() -> None:
    """Two and five digits become six; what is no code stays."""
    given = PlanFilter(
        prefectures=("13", "13000", "130001", "東京"),  # type: ignore[arg-type]
        municipalities=("13121", "131211"),  # type: ignore[arg-type]
        bureaus=("kanto",),  # type: ignore[arg-type]
    ).completed()
    assert given.prefectures == ("130001", "130001", "130001", "東京")
    assert given.municipalities == ("131211", "131211")
    assert given.bureaus == ("kanto",)


@pytest.mark.parametrize(
    ("large", "name"),
    [
        (PlanFilter(text="あ" * 201), "text"),
        (PlanFilter(text=" ".join(f"w{n}" for n in range(11))), "text"),
        (
            PlanFilter(prefectures=tuple(map(AreaCode, map(str, range(201))))),
            "prefectures",
        ),
    ],
)
def test_a_filter_that_nobody_needs_is_refused(large: PlanFilter, name: str) -> None:
    """What would keep the database busy for long is a limit, said by name."""
    with pytest.raises(InputError) as caught:
        large.refuse_large()
    (problem,) = caught.value.problems
    assert (problem.code.value, problem.reason, problem.path) == (
        "LIMIT_EXCEEDED",
        "FILTER_TOO_LARGE",
        (name,),
    )


def test_a_word_that_comes_again_is_looked_for_once() -> None:
    """Repeating a word neither costs nor changes anything."""
    repeated = PlanFilter(text="足立 " * 30)
    assert repeated.words == ("足立",)
    repeated.refuse_large()
