"""The command that shows both layers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from tyngdepunkt import shapes
from tyngdepunkt.cli import screen
from tyngdepunkt.cli.asking import kept_answers, open_study, pose_question
from tyngdepunkt.cli.guard import NO_PLAN
from tyngdepunkt.cli.layout import emit, table_text
from tyngdepunkt.cli.options import Centres, Layout, Source, Wishes, command
from tyngdepunkt.cli.waiting import ProgressLine

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Layers
    from tyngdepunkt.cli.layout import Row

__all__ = ["register"]

_LAYERS = """
Show blocks and centres of gravity side by side.

Each municipality with its block, for services, and its centre of gravity, for regional policy; which functions each
centre of gravity has and lacks; and which blocks do not lie within one, with the municipalities that are the cause.
Wishes are for the blocks; what a centre of gravity shall have is in the study's settings.

Example: tyngdepunkt layers --centres 7
"""


def register(app: typer.Typer) -> None:
    """Add the command to an application."""
    command(app, name="layers", help=_LAYERS)(show_layers)


def show_layers(*, centres: Centres = None, wishes: Wishes, source: Source, layout: Layout) -> None:
    """Print both layers; where one has no plan, why, with the exit code for it."""
    from tyngdepunkt.analysis import find_layers

    study = open_study(source)
    settings = study.settings
    question = pose_question(study, wishes, centres or settings.blocks_centres or 0, floor=settings.blocks_floor)
    with ProgressLine("sweep") as progress:
        layers = find_layers(study, question, progress=progress, answers=kept_answers(source))
    emit(
        layout.form,
        shape=lambda: shapes.layers_shape(layers),
        rows=lambda: _rows(layers),
        text=lambda: _text(layers),
    )
    if layers.nesting is None:
        raise typer.Exit(NO_PLAN)


def _rows(layers: Layers) -> list[Row]:
    """Return who lies where in both layers, and whether that differs, as rows in order of id."""
    elsewhere = set(layers.nesting.elsewhere) if layers.nesting else None
    return [
        {**row, "layers differ": None if elsewhere is None else "yes" if row["municipality_id"] in elsewhere else "no"}
        for row in screen.layer_rows(layers)
    ]


def _text(layers: Layers) -> str:
    """Write both layers: who lies where, what each centre of gravity has, and what does not nest."""
    from tyngdepunkt.model import NoPlan

    names = layers.study.territory.names
    parts = [layers.study.title]
    if layers.nesting is None:
        plans = (layers.blocks.plan, layers.gravity.plan)
        parts += [screen.no_plan_text(layers.study, plan) for plan in plans if isinstance(plan, NoPlan)]
        return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"
    known = sorted(layers.study.territory.functions)
    areas = [
        {
            "centre of gravity": names[area.centre],
            "municipalities": len(area.members),
            "inhabitants": area.population,
            **{function: [names[i] for i in area.has.get(function, ())] or "lacks" for function in known},
        }
        for area in layers.nesting.areas
    ]
    parts += [
        screen.layer_head(layers.study, "Blocks, for services", layers.blocks),
        screen.layer_head(layers.study, "Centres of gravity, for regional policy", layers.gravity),
    ]
    parts += [table_text(_rows(layers)), table_text(areas), screen.nesting_text(layers.study, layers.nesting)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"
