"""The plugin host: loads plugins one by one, asks them one by one.

A broken plugin costs its own answer and nothing else: an import error, an exception, a
misspelt hook, a wrong answer or a key that is taken is noted on the plugin and shown by
`plugin list`, and the others go on.
"""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from importlib import metadata
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar

import attrs
import pluggy
from attrs import define, field
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name

from ..core.checks import Rule
from ..core.documents.usable import unusable
from ..core.exports import Exporter, ExportFailedError, UnknownFormatError
from ..core.identifiers import Key
from ..core.maps import InvestmentMap
from ..core.plantypes import PlanType
from ..core.reference import read_reference
from ..core.reference_lists import ReferenceList
from . import builtin, hookspecs
from .hookspecs import PROJECT
from .manifest import API_VERSION, Manifest, PluginInfo, PluginState
from .samples import Sample

T = TypeVar("T")
_log = logging.getLogger("clusterplan.plugins")
_BUILT_IN = frozenset(name for name, _ in builtin.MODULES)


@define
class PluginHost:
    """Loads plugins and collects what they offer.

    `add` and `add_entry_points` load; the properties of `Plugins`, made by
    `load_plugins`, are what everybody else uses.
    """

    only: Collection[str] | None = None
    infos: dict[str, PluginInfo] = field(factory=dict, init=False)
    _manager: pluggy.PluginManager = field(init=False)
    _order: dict[str, tuple[bool, int, str]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Set up a pluggy manager that knows the hooks."""
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(hookspecs)

    def add_entry_points(self) -> None:
        """Load the installed plugins, each entry point on its own, by name."""
        for point, distribution, version in sorted(_installed(), key=_by_name):
            self.add(point.name, point.load, distribution=distribution, version=version)

    def add(
        self,
        name: str,
        load: Callable[[], Any],
        *,
        distribution: str = "(local)",
        version: str = "0",
    ) -> PluginInfo:
        """Load a plugin by calling *load*, and note what became of it.

        A plugin whose name is taken is noted beside the one that has it.
        """
        info = PluginInfo(name=name, distribution=distribution, version=version)
        if name in self.infos:
            owner = self.infos[name].distribution
            self.infos[f"{name} ({distribution}, {len(self.infos)})"] = info
            return _set(
                info, PluginState.INCOMPATIBLE, f"the name is taken by {owner!r}"
            )
        self.infos[name] = info
        if self.only is not None and name not in self.only:
            return _set(info, PluginState.BLOCKED, "not in the list of allowed plugins")
        try:
            module = load()
            reason = self._unfit(module) or self._register(module, name)
            if reason:
                return _set(info, PluginState.INCOMPATIBLE, reason)
            info.hooks = tuple(sorted(_hooks(module)))
            order: int = module.CLUSTERPLAN.order
        except (Exception, SystemExit) as error:  # noqa: BLE001
            return _set(info, PluginState.FAILED, _line(error))
        self._order[name] = (name not in _BUILT_IN, order, name)
        return info

    def offers(
        self,
        hook: str,
        type_: type[T],
        key: Callable[[T], str],
        unusable: Callable[[T], str | None] = lambda _: None,
    ) -> dict[str, tuple[str, T]]:
        """Ask every plugin for what it offers at *hook*.

        Args:
            hook: Name of the hook.
            type_: What is offered there.
            key: What an offer is known by.
            unusable: Tells why an offer cannot be used, if it cannot.

        Returns:
            Plugin name and offer, by the key of the offer, in the order of plugins.
        """
        found: dict[str, tuple[str, T]] = {}
        for name, answer in self._ask(hook):
            for offer in answer:
                if not isinstance(offer, type_):
                    self._fault(name, f"{hook} offers a {type(offer).__name__}")
                elif not isinstance(key(offer), str):
                    self._fault(name, f"{hook}: {key(offer)!r} is no text")
                elif key(offer) in found:
                    other = found[key(offer)][0]
                    self._fault(name, f"{key(offer)!r} is taken by plugin {other!r}")
                elif fault := unusable(offer):
                    self._fault(name, fault)
                else:
                    found[key(offer)] = (name, offer)
        return found

    def reference_lists(self) -> tuple[ReferenceList, ...]:
        """Ask every plugin for reference lists, and keep of each the codes it adds."""
        hook = "clusterplan_reference_data"
        known: dict[Key, ReferenceList] = {}
        added: list[ReferenceList] = []
        for name, answer in self._ask(hook):
            known = known or dict(read_reference().lists)
            for offer in answer:
                if not isinstance(offer, ReferenceList):
                    self._fault(name, f"{hook} offers a {type(offer).__name__}")
                    continue
                before = known.get(offer.key, attrs.evolve(offer, entries=()))
                known[offer.key] = before.extended(offer)
                fresh = known[offer.key].entries[before.count :]
                added.append(attrs.evolve(offer, entries=fresh))
                if taken := _taken(offer, before):
                    self._fault(name, f"list {offer.key!r} has already: {taken}")
        return tuple(added)

    def _ask(self, hook: str) -> Iterable[tuple[str, list[Any]]]:
        caller: pluggy.HookCaller = getattr(self._manager.hook, hook)
        calls = sorted(
            caller.get_hookimpls(),
            key=lambda i: self._order[i.plugin_name],
        )
        for call in calls:
            try:
                answer: Any = call.function()
                yield call.plugin_name, list(answer)
            except (Exception, SystemExit) as error:  # noqa: BLE001
                self._fault(call.plugin_name, f"{hook}: {_line(error)}")

    def _fault(self, name: str, reason: str) -> None:
        info = self.infos[name]
        info.errors += 1
        info.reason = reason
        _log.warning("plugin %s: %s", name, reason)

    @staticmethod
    def _unfit(module: object) -> str | None:
        manifest = getattr(module, "CLUSTERPLAN", None)
        if not isinstance(manifest, Manifest):
            return 'the module has no attribute CLUSTERPLAN = Manifest(api="~=1.0")'
        try:
            fits = SpecifierSet(manifest.api).contains(API_VERSION)
        except InvalidSpecifier as error:
            return str(error)
        if not fits:
            return f"wants plugin interface {manifest.api}, this is {API_VERSION}"
        unknown = _hooks(module) - _known_hooks()
        if unknown:
            return f"no such hook: {', '.join(sorted(unknown))}"
        return None

    def _register(self, module: object, name: str) -> str | None:
        if self._manager.is_registered(module):
            return f"is loaded already as {self._manager.get_name(module)!r}"
        try:
            self._manager.register(module, name)
        except Exception as error:  # noqa: BLE001
            if self._manager.is_registered(module):
                self._manager.unregister(module)
            return _line(error)
        return None


@define(kw_only=True)
class Plugins:
    """What the loaded plugins offer; a value, made once and passed on."""

    plan_types: Mapping[str, PlanType]
    rules: tuple[Rule, ...]
    exporters: Mapping[str, Exporter]
    reference_lists: tuple[ReferenceList, ...]
    samples: tuple[Sample, ...]
    infos: tuple[PluginInfo, ...]

    def write(self, format: str, drawn: InvestmentMap) -> Iterator[str]:
        """Write the map in a format; its first piece is there when this returns.

        Raises:
            UnknownFormatError: No plugin offers the format.
            ExportFailedError: The plugin that offers it failed.
        """
        exporter = self.exporters.get(format)
        if exporter is None:
            raise UnknownFormatError(format, self.exporters)
        try:
            pieces = iter(exporter.write(drawn))
            first = next(pieces, "")
        except Exception as error:
            _log.exception("export format %s failed", format)
            raise ExportFailedError(format) from error
        return chain([first], pieces)

    def note_unpublished(self, kind: PlanType, reason: str) -> None:
        """Note on a plugin that the details of its plan type are not in GraphQL."""
        for info in self.infos:
            if info.name == kind.plugin:
                info.errors += 1
                info.reason = f"details of {kind.key} are not in GraphQL: {reason}"


def load_plugins(
    *extra: object, entry_points: bool = True, only: Collection[str] | None = None
) -> Plugins:
    """Load the built-in plugins, the installed ones, and *extra* modules.

    Args:
        extra: Modules, or objects with the attributes of a plugin module.
        entry_points: Whether to look for installed plugins.
        only: Names of the plugins that may load; all where nothing is given.
            Built-ins always load.

    Returns:
        What they offer. Plugins that failed are listed in `infos`.
    """
    host = PluginHost()
    for name, module in builtin.MODULES:
        host.add(name, partial(_given, module), distribution=PROJECT)
    host.only = only
    for given in extra:
        name = getattr(given, "__name__", type(given).__name__)
        host.add(name, partial(_given, given))
    if entry_points:
        host.add_entry_points()
    return _collect(host)


def _given(module: object) -> object:
    return module


def _collect(host: PluginHost) -> Plugins:
    types = host.offers("clusterplan_plan_types", PlanType, lambda t: t.key, unusable)
    rules = host.offers("clusterplan_checks", Rule, lambda r: r.id)
    exporters = host.offers("clusterplan_exporters", Exporter, lambda e: e.key)
    samples = host.offers("clusterplan_samples", Sample, lambda s: s.name)
    return Plugins(
        plan_types=MappingProxyType(
            {k: attrs.evolve(t, plugin=name) for k, (name, t) in types.items()}
        ),
        rules=tuple(attrs.evolve(r, plugin=name) for name, r in rules.values()),
        exporters=MappingProxyType({k: e for k, (_, e) in exporters.items()}),
        reference_lists=host.reference_lists(),
        samples=tuple(s for _, s in samples.values()),
        infos=tuple(host.infos.values()),
    )


def _taken(offer: ReferenceList, before: ReferenceList) -> str:
    """Return the codes of *offer* that *before* has, or that it has twice itself."""
    counts = Counter(entry.code for entry in offer.entries)
    return ", ".join(c for c, n in counts.items() if n > 1 or before.find(c))


def _set(info: PluginInfo, state: PluginState, reason: str) -> PluginInfo:
    info.state, info.reason = state, reason
    if state is not PluginState.BLOCKED:
        _log.warning("plugin %s is %s: %s", info.name, state.value, reason)
    return info


def _installed() -> Iterator[tuple[metadata.EntryPoint, str, str]]:
    """Yield entry points with distribution and version; the first on the path counts.

    A distribution whose files cannot be read has none.
    """
    seen: set[str] = set()
    for found in metadata.distributions():
        try:
            points = [p for p in found.entry_points if p.group == PROJECT]
            name, version = str(found.name), str(found.version)
        except Exception as error:  # noqa: BLE001
            _log.warning("a distribution cannot be read: %s", _line(error))
            continue
        if canonicalize_name(name) not in seen:
            seen.add(canonicalize_name(name))
            yield from ((point, name, version) for point in points)


def _by_name(found: tuple[metadata.EntryPoint, str, str]) -> tuple[str, str]:
    return found[0].name, canonicalize_name(found[1])


def _hooks(module: object) -> set[str]:
    marker = f"{PROJECT}_impl"
    marked = {n: getattr(getattr(module, n, None), marker, None) for n in dir(module)}
    return {options["specname"] or n for n, options in marked.items() if options}


def _known_hooks() -> set[str]:
    marker = f"{PROJECT}_spec"
    return {n for n in dir(hookspecs) if hasattr(getattr(hookspecs, n), marker)}


def _line(error: BaseException) -> str:
    if isinstance(error, TypeError) and len(error.args) > 1:
        return f"TypeError: {error.args[0]}"
    return "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
