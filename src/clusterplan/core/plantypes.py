"""Plan types as data: what a plugin registers to make a new kind of plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from attrs import field, frozen
from attrs.validators import deep_iterable, instance_of

from .due_dates import DEFAULT_CYCLE, ReportingCycle
from .identifiers import Key
from .lifecycle import Lifecycle
from .plans import PlanDetails
from .reports import ReportPublicity
from .terms import Term
from .thresholds import DEFAULT_THRESHOLDS, ProgressThresholds

Document = Mapping[str, Any]
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


@frozen(kw_only=True)
class ExampleMeasure:
    """A measure that the policy text gives as an example of a category (主な施策例)."""

    id: Annotated[str, Term("例ID", "Such as `A1-1`.")]
    title: Annotated[str, Term("施策例", "The words of the policy text.")]
    title_en: Annotated[str, Term("施策例（英語）", "Translation.")]
    instruments: Annotated[
        tuple[Key, ...], Term("手法", "Such as `subsidy`, `finance`, `regulatory`.")
    ] = ()
    collective: Annotated[
        bool, Term("共同", "Whether it serves several firms together.")
    ] = False
    fields: Annotated[
        tuple[Key, ...], Term("戦略分野", "Keys of the strategic fields it is about.")
    ] = ()
    open_ended: Annotated[
        bool, Term("等", "Whether the policy text adds 等 (and others) to it.")
    ] = False


@frozen(kw_only=True)
class MeasureCategory:
    """A heading that measures of a plan type stand under (施策区分)."""

    key: Annotated[Key, Term("区分キー", "Key of the category.")]
    number: Annotated[int, Term("番号", "Number in the policy text.")]
    common_key: Annotated[
        Key, Term("共通区分", "Key that the same heading has in every plan type.")
    ]
    title: Annotated[str, Term("区分名", "Heading in the policy text.")]
    title_en: Annotated[str, Term("区分名（英語）", "Translation.")]
    examples: Annotated[
        tuple[ExampleMeasure, ...], Term("施策例", "Examples in the policy text.")
    ] = ()


@frozen(kw_only=True)
class RequiredPart:
    """A part of a section that plans of a type must have."""

    section: Annotated[Key, Term("章", "`goal`, `path` or `policy_means`.")]
    part: Annotated[Key, Term("項目", "Attribute in the section.")]
    title: Annotated[str, Term("名称", "Label of the part.")]
    title_en: Annotated[str, Term("名称（英語）", "Label in English.")]


def _each(type_: type) -> Any:
    """Return a validator of tuples: plugins are not always type-checked."""
    return deep_iterable(instance_of(type_), instance_of(tuple))


@frozen(kw_only=True)
class PlanType:
    """A kind of plan with its lifecycle, required parts, categories and typed details.

    Attributes:
        sample: A complete plan document, the base of examples and forms.
        schema: Number of the form of `details`; raise it when the form changes.
        upcasters: How details of an older form become the next: number to function.
        reporting_cycle: When progress reports are due. By default halves of the fiscal
            year, two months to write and 30 days of tolerance; the policy text says no
            more than about once every half-year.
        report_review: Whether the state accepts or sends back each report. By default
            a report is accepted as it is submitted.
        report_public: When anybody may read a report; by default once it is accepted.
        thresholds: Where one grade of progress ends and the next begins, for reports
            that are opened from now on; by default at 110, 80 and 50 %.
        precheck_on_revision: Whether the state pre-checks a revised text before it is
            adopted, as it did the first one. Off by default: the policy text names no
            such step for revisions.
    """

    key: Annotated[Key, Term("類型キー", "Key, unique over all plugins.")]
    code: Annotated[str | None, Term("類型記号", "Short sign such as `A`.")] = None
    title: Annotated[str, Term("類型名", "Name of the plan type.")]
    title_en: Annotated[str, Term("類型名（英語）", "Name in English.")]
    description: Annotated[
        str | None, Term("説明", "What plans of the type are for.")
    ] = None
    description_en: Annotated[
        str | None, Term("説明（英語）", "The same in English.")
    ] = None
    lifecycle: Lifecycle = field(validator=instance_of(Lifecycle))
    lead_kinds: Annotated[
        tuple[Key, ...], Term("策定主体の種別", "Kinds of body that may lead.")
    ] = field(default=(), validator=_each(str))
    required: Annotated[
        tuple[RequiredPart, ...], Term("必須項目", "Parts that a plan must have.")
    ] = field(default=(), validator=_each(RequiredPart))
    categories: Annotated[
        tuple[MeasureCategory, ...], Term("施策区分", "Headings of measures.")
    ] = field(default=(), validator=_each(MeasureCategory))
    takes_proposals: Annotated[
        bool,
        Term(
            "プロジェクト提案", "Whether prefectures propose projects while it is made."
        ),
    ] = False
    details: type[PlanDetails] | None = None
    sample: str | None = None
    schema: int = 1
    upcasters: Mapping[int, Upcaster] = field(factory=dict)
    reporting_cycle: ReportingCycle = field(
        default=DEFAULT_CYCLE, validator=instance_of(ReportingCycle)
    )
    report_review: bool = field(default=False, validator=instance_of(bool))
    report_public: ReportPublicity = field(
        default=ReportPublicity.ON_ACCEPT, validator=instance_of(ReportPublicity)
    )
    thresholds: ProgressThresholds = field(
        default=DEFAULT_THRESHOLDS, validator=instance_of(ProgressThresholds)
    )
    precheck_on_revision: bool = field(default=False, validator=instance_of(bool))
    plugin: Annotated[str, Term("プラグイン", "Plugin that registers it.")] = ""
