"""`clusterplan check --explain`: what a rule asks for, why, and with which examples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from ..book import installed_plugins
from ..core.checks import Example, Rule
from ..core.documents.converter import closest
from ..core.errors import ErrorCode, PlanError, Problem
from ..core.invariants import INVARIANTS, Invariant, Scene
from ..plugins.host import Plugins
from .printing import print_json

_EXAMPLES = (
    ("bad", "悪い例", "breaks it"),
    ("good", "良い例", "obeys it"),
    ("near_miss", "違反ではない例", "is no breach"),
)


class UnknownRuleError(PlanError):
    """No plugin offers the rule."""

    def __init__(self, rule_id: str, known: tuple[str, ...]) -> None:
        meant = closest(rule_id.upper(), known)
        super().__init__(
            Problem(
                code=ErrorCode.NOT_FOUND,
                reason="UNKNOWN_RULE",
                message_ja=f"「{rule_id}」という規則はありません",
                message_en=f"there is no rule {rule_id!r}",
                hint=meant or f"{known[0]} ... {known[-1]}",
            )
        )


def explain_rule(rule_id: str, language: str, *, as_json: bool) -> int:
    """Print what a rule asks for, or what an invariant keeps.

    Raises:
        UnknownRuleError: If no plugin offers it.
    """
    plugins = installed_plugins()
    rules = {rule.id: rule for rule in plugins.rules}
    kept = {invariant.id: invariant for invariant in INVARIANTS}
    asked = rule_id.upper()
    if asked in kept:
        data, lines = _kept_data(kept[asked]), _kept_lines(kept[asked], language)
    elif asked in rules:
        data, lines = _data(rules[asked]), _lines(rules[asked], plugins, language)
    else:
        raise UnknownRuleError(rule_id, tuple(sorted({**rules, **kept})))
    if as_json:
        print_json(data)
    else:
        for line in lines:
            click.echo(line)
    return 0


def _lines(rule: Rule, plugins: Plugins, language: str) -> Iterator[str]:
    in_japanese = language == "ja"
    title = rule.title if in_japanese else rule.title_en
    why = rule.why if in_japanese else rule.why_en
    kinds = [plugins.plan_types[k] for k in rule.applies_to if k in plugins.plan_types]
    names = [k.title if in_japanese else k.title_en for k in kinds]
    facts = {
        ("なぜ", "why"): why,
        ("根拠", "source"): rule.source,
        ("重要度", "severity"): rule.severity.value,
        ("関門", "gate"): rule.gate.value,
        ("対象", "plan types"): ", ".join(names)
        or ("すべて" if in_japanese else "all"),
        ("プラグイン", "plugin"): rule.plugin,
    }
    yield f"{rule.id}  {title}"
    for labels, value in facts.items():
        if value:
            yield f"  {labels[not in_japanese]}: {value}"
    for example in rule.examples:
        yield from _example_lines(example, in_japanese=in_japanese)


def _example_lines(example: Example, *, in_japanese: bool) -> Iterator[str]:
    if example.given:
        label = "前提" if in_japanese else "given"
        known = ", ".join(_named(key, value) for key, value in example.given.items())
        yield f"  {label} ({example.plan_type}): {known}"
    for name, ja, en in _EXAMPLES:
        changes: Mapping[str, Any] = getattr(example, name)
        if changes:
            yield f"  {ja if in_japanese else en} ({example.plan_type}):"
            for place, value in changes.items():
                yield f"    {place}: {json.dumps(value, ensure_ascii=False)}"


def _named(key: str, value: Any) -> str:
    """Return what is given beside a plan in a word; data have it in full."""
    if isinstance(value, str):
        return f"{key} {value}"
    if isinstance(value, Mapping):
        return f"{key} {value['id']}" if "id" in value else key
    return f"{key} ({len(value)})"


def _kept_lines(invariant: Invariant, language: str) -> Iterator[str]:
    in_japanese = language == "ja"
    yield f"{invariant.id}  {invariant.title if in_japanese else invariant.title_en}"
    facts = {
        ("なぜ", "why"): invariant.why if in_japanese else invariant.why_en,
        ("根拠", "source"): invariant.source,
        ("守り方", "kept"): "違反する操作を拒みます。無効にはできません"
        if in_japanese
        else "what would break it is refused; it cannot be switched off",
    }
    for labels, value in facts.items():
        yield f"  {labels[not in_japanese]}: {value}"
    for scene in invariant.scenes:
        yield from _scene_lines(scene, in_japanese=in_japanese)


def _scene_lines(scene: Scene, *, in_japanese: bool) -> Iterator[str]:
    told = (
        ("前提", "given", scene.given),
        (f"拒否される操作 {scene.reason}", f"refused {scene.reason}", (scene.bad,)),
        ("できる操作", "goes well", scene.good),
    )
    for ja, en, commands in told:
        yield f"  {ja if in_japanese else en} ({scene.plan_type}):"
        yield from (f"    clusterplan {command}" for command in commands)
    if scene.untold:
        label = "答えに現れないもの" if in_japanese else "in no answer"
        yield f"  {label}: {', '.join(scene.untold)}"


def _kept_data(invariant: Invariant) -> dict[str, Any]:
    return {
        "id": invariant.id,
        "planTypes": list(invariant.applies_to),
        "titleJa": invariant.title,
        "titleEn": invariant.title_en,
        "whyJa": invariant.why,
        "whyEn": invariant.why_en,
        "sourceRef": invariant.source,
        "scenes": [
            {
                "planType": scene.plan_type,
                "plans": {name: dict(told) for name, told in scene.plans.items()},
                "files": dict(scene.files),
                "given": list(scene.given),
                "bad": scene.bad,
                "reason": scene.reason,
                "good": list(scene.good),
                "untold": list(scene.untold),
            }
            for scene in invariant.scenes
        ],
    }


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "version": rule.version,
        "severity": rule.severity.value,
        "gate": rule.gate.value,
        "planTypes": list(rule.applies_to),
        "titleJa": rule.title,
        "titleEn": rule.title_en,
        "whyJa": rule.why,
        "whyEn": rule.why_en,
        "sourceRef": rule.source,
        "plugin": rule.plugin,
        "examples": [
            {
                "planType": example.plan_type,
                "pointer": example.pointer,
                "given": dict(example.given),
                "bad": dict(example.bad),
                "good": dict(example.good),
                "nearMiss": dict(example.near_miss),
            }
            for example in rule.examples
        ],
    }
