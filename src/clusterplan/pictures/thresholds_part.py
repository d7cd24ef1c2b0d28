"""Where grades begin and end, in words: the defaults, or values of one's own."""

from __future__ import annotations

from ..core.thresholds import ProgressPreset, ProgressThresholds
from .words import Words, number

_PRESETS = {
    ProgressPreset.DEFAULT: ("既定値", "default values"),
    ProgressPreset.TAMA: ("多摩市の評価にならった値", "values after Tama City"),
    ProgressPreset.OWN: ("独自の値", "own values"),
}


def thresholds_text(thresholds: ProgressThresholds, words: Words) -> str:
    """Return which thresholds were used, and their values."""
    name = words(*_PRESETS[thresholds.preset])
    shares = (
        (words("前倒し", "ahead"), thresholds.ahead_from),
        (words("順調", "on track"), thresholds.on_track_from),
        (words("遅れ", "delayed"), thresholds.delayed_from),
        (words("期日に概ね達成", "nearly, at the end"), thresholds.nearly_from),
    )
    told = words("、", ", ").join(
        words(
            f"{label} {number(share * 100)}%以上",
            f"{label} from {number(share * 100)}%",
        )
        for label, share in shares
    )
    return words(
        f"進捗区分のしきい値（達成度）：{name}（{told}）",
        f"Thresholds of the grades (attainment): {name} ({told})",
    )
