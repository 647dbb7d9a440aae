"""The parts of the workbench, and the way from each to the others with the view kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt.texts.wording import later

if TYPE_CHECKING:
    from tyngdepunkt.web.scene import Scene

__all__ = ["BLOCKS", "COOPERATION", "VIEW_PLAN", "Section", "sections_of"]

BLOCKS = later("Blocks")
COOPERATION = later("Cooperation")

VIEW_PLAN = "view"
"""Stands for the plan of the view, where an address names the plan that cooperation is held against."""


@dataclass(frozen=True)
class Section:
    """
    A part of the workbench, as the top of each page offers it.

    Parameters
    ----------
    title
        What it is called, in English, as a catalogue has it.
    href
        Its address.
    is_here
        Whether the page is of this part.
    """

    title: str
    href: str
    is_here: bool


def sections_of(scene: Scene, here: str) -> tuple[Section, ...]:
    """
    Return the parts of the workbench.

    Parameters
    ----------
    scene
        What the reader looks at; every part keeps it.
    here
        Title of the part that the page is of.

    Returns
    -------
    In order. From a plan one comes to the cooperation that is held against it.
    """
    query = scene.view.query(scene.study, scene.language)
    pairs = [query] if query else []
    beside = [*pairs, f"plan={VIEW_PLAN}"] if here == BLOCKS and scene.plan else pairs
    return (
        Section(BLOCKS, "/" + ("?" + "&".join(pairs) if pairs else ""), here == BLOCKS),
        Section(COOPERATION, "/cooperation" + ("?" + "&".join(beside) if beside else ""), here == COOPERATION),
    )
