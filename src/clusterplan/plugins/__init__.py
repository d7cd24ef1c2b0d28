"""Everything that a plugin author imports."""

from __future__ import annotations

from ..core.actors import ASSEMBLY as ASSEMBLY
from ..core.actors import MUNICIPALITY as MUNICIPALITY
from ..core.actors import PREFECTURE as PREFECTURE
from ..core.actors import Actor as Actor
from ..core.checks import CheckContext as CheckContext
from ..core.checks import Example as Example
from ..core.checks import Rule as Rule
from ..core.checks import rule as rule
from ..core.exports import Exporter as Exporter
from ..core.findings import Finding as Finding
from ..core.findings import Gate as Gate
from ..core.findings import Severity as Severity
from ..core.identifiers import AreaCode as AreaCode
from ..core.identifiers import Key as Key
from ..core.identifiers import PartId as PartId
from ..core.identifiers import Yen as Yen
from ..core.lifecycle import Lifecycle as Lifecycle
from ..core.lifecycle import Need as Need
from ..core.lifecycle import NewEdition as NewEdition
from ..core.lifecycle import Phase as Phase
from ..core.lifecycle import State as State
from ..core.lifecycle import Step as Step
from ..core.maps import InvestmentMap as InvestmentMap
from ..core.plans import OutlineEntry as OutlineEntry
from ..core.plans import Plan as Plan
from ..core.plans import PlanDetails as PlanDetails
from ..core.plantypes import MeasureCategory as MeasureCategory
from ..core.plantypes import PlanType as PlanType
from ..core.plantypes import RequiredPart as RequiredPart
from ..core.reference import ReferenceData as ReferenceData
from ..core.terms import Term as Term
from .hookspecs import hookimpl as hookimpl
from .manifest import Manifest as Manifest
from .samples import Sample as Sample
