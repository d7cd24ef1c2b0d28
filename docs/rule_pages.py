"""Makes the pages on rules and on the settings that they read."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from clusterplan.core.checks import Rule
from clusterplan.core.invariants import INVARIANTS, Invariant
from clusterplan.core.settings import CheckSettings
from clusterplan.plugins.builtin import MODULES
from clusterplan.plugins.host import Plugins
from page_parts import MADE, cell, link, source_of, table

FAMILIES = {
    "A": "戦略産業クラスター計画 / Strategic industry cluster plans",
    "B": "地域産業クラスター計画 / Regional industry cluster plans",
    "C": "地場産業成長プラン / Local industry growth plans",
    "STR": "計画の構成 / Structure",
    "W5H": "5W1H / The six answers of a measure",
    "NUM": "数値 / Numbers",
    "MEA": "施策・予算・法令 / Measures, money and law",
    "ACT": "主体 / Actors",
    "REG": "地域とコード / Region and codes",
    "REP": "進捗報告 / Progress reports",
    "REV": "改訂 / Revisions",
    "MAP": "投資マップ / Map",
    "TKY": "地域産業活性化計画 / Tokyo's revitalization plans",
}
_INTRODUCTION = """\
# Rules

Every rule that looks at plans. `severity` is how much a finding weighs, `gate` the first
moment at which it can block: `save` is shown from the first save on and blocks from
`submit` on; nothing blocks a save. Only rules with 政策パッケージ (policy package) as their
source say what the policy text says; 実務 is practice, 整合性 what consistent data need.

Below each table stands an example a rule: changes of the sample plan of a type, by JSON
pointer. The bad one makes this rule speak, and no other; with the good one all are silent.
"""
_INVARIANTS = """\
## Invariants

What the library keeps by refusing, whatever is switched off: a refusal carries the id.
`clusterplan check --explain ID` prints the whole scene, from an empty database on.
"""
_SETTINGS = """\
# Settings of the rules

What rules read from one place: `clusterplan.core.settings.CheckSettings`. None of these
figures is policy; the policy text names no number, and each can be set.
"""
_MEANING = re.compile(r"^    (\w+): (.+?)(?=^    \w+: |\Z)", re.DOTALL | re.MULTILINE)


def rules_page(plugins: Plugins) -> str:
    """Return the page on rules: built-in ones, then those of contributed packages."""
    names = {name for name, _ in MODULES}
    built_in = [rule for rule in plugins.rules if rule.plugin in names]
    added = [rule for rule in plugins.rules if rule.plugin not in names]
    parts = [MADE, _INTRODUCTION, "## Built-in rules\n", *_families(built_in, plugins)]
    parts += [_INVARIANTS, _invariants(), *map(_scene, INVARIANTS), ""]
    if added:
        parts += ["## Rules of contributed packages\n", *_families(added, plugins)]
    return "\n".join(parts)


def settings_page() -> str:
    """Return the page on settings, with the meaning that the class gives them."""
    described = dict(_MEANING.findall(inspect.cleandoc(CheckSettings.__doc__ or "")))
    rows = (
        (f"`{a.name}`", cell(_default(a.default)), cell(described[a.name]))
        for a in attrs.fields(CheckSettings)
    )
    return "\n".join((MADE, _SETTINGS, table(("setting", "default", "meaning"), rows)))


def _invariants() -> str:
    rows = (
        (
            f'<a id="{each.id.lower()}"></a>{each.id}',
            f"{cell(each.title)}<br>{cell(each.title_en)}",
            f"{cell(each.why)}<br>{cell(each.why_en)}",
            cell(each.source),
        )
        for each in INVARIANTS
    )
    return table(("invariant", "title", "why", "source"), rows)


def _scene(invariant: Invariant) -> str:
    (scene, *_) = invariant.scenes
    return (
        f"- **{invariant.id}** on `{scene.plan_type}`: refused `{scene.bad}` "
        f"(`{scene.reason}`); goes well `{scene.good[-1]}`"
    )


def _families(rules: Iterable[Rule], plugins: Plugins) -> Iterator[str]:
    families: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda r: r.id):
        families.setdefault(rule.id.partition("-")[0], []).append(rule)
    known = [*FAMILIES, *(name for name in families if name not in FAMILIES)]
    for name in known:
        if name in families:
            yield f"### {name}: {FAMILIES.get(name, name)}\n"
            yield table(
                ("rule", "severity", "gate", "plan types", "title", "why", "source"),
                (_row(rule, plugins) for rule in families[name]),
            )
            yield "".join(map(_example, families[name]))


def _row(rule: Rule, plugins: Plugins) -> tuple[str, ...]:
    file = source_of(sys.modules[rule.check.__module__])
    return (
        f'<a id="{rule.id.lower()}"></a>{link(rule.id, file)}',
        rule.severity.value,
        rule.gate.value,
        ", ".join(_type_name(key, plugins) for key in rule.applies_to) or "all",
        f"{cell(rule.title)}<br>{cell(rule.title_en)}",
        f"{cell(rule.why or '')}<br>{cell(rule.why_en or '')}",
        cell(rule.source),
    )


def _type_name(key: str, plugins: Plugins) -> str:
    kind = plugins.plan_types.get(key)
    return (kind and kind.code) or f"`{key}`"


def _example(rule: Rule) -> str:
    if not rule.examples:
        return f"- **{rule.id}** speaks only where a setting asks it to.\n"
    first = rule.examples[0]
    good = _changes(first.good) if first.good else "the sample as it is"
    bad = _changes(first.bad)
    return f"- **{rule.id}** on `{first.plan_type}`: bad {bad}; good {good}\n"


def _changes(changes: Mapping[str, Any]) -> str:
    return ", ".join(f"`{at}: {_value(value)}`" for at, value in changes.items())


def _value(value: Any) -> str:
    return "(taken away)" if value is None else json.dumps(value, ensure_ascii=False)


def _default(value: Any) -> str:
    if isinstance(value, tuple):
        return "、".join(value)
    return "none" if value is None else str(value)
