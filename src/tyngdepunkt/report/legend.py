"""The legend of a map: what its colours, patterns, marks and lines mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt.report.drawing import draw_text
from tyngdepunkt.report.labels import text_width

__all__ = ["Legend", "LegendRow", "draw_legend", "lay_out_legend"]

ROW = 16.5
SIZE = 11.0
SWATCH = 24.0
GAP = 16.0
PADDING = 9.0


@dataclass(frozen=True)
class LegendRow:
    """
    One row.

    Parameters
    ----------
    text
        What the sign means; a row without sign is a heading.
    sign
        SVG of the sign, drawn in a box from (0, −6) to (`SWATCH`, 6) [px]; empty for a heading.
    note
        A second text, set paler, such as the inhabitants of a block.
    """

    text: str
    sign: str = ""
    note: str = ""

    @property
    def width(self) -> float:
        """Room that the row needs [px]."""
        words = text_width(self.text, SIZE, bold=not self.sign)
        if self.note:
            words += text_width(self.note, SIZE) + 6
        return words + (SWATCH + 8 if self.sign else 0)


@dataclass(frozen=True)
class Legend:
    """
    Rows laid out in columns.

    Parameters
    ----------
    columns
        Rows of each column.
    widths
        Of each column [px].
    """

    columns: tuple[tuple[LegendRow, ...], ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        """Of the whole, padding included [px]."""
        return sum(self.widths) + GAP * (len(self.widths) - 1) + 2 * PADDING

    @property
    def height(self) -> float:
        """Of the whole, padding included [px]."""
        return max((len(column) for column in self.columns), default=0) * ROW + 2 * PADDING


def lay_out_legend(rows: Sequence[LegendRow], *, width: float, columns: int | None = None) -> Legend:
    """
    Lay rows out in columns.

    Parameters
    ----------
    rows
        The rows, to be read down each column.
    width
        Room there is [px].
    columns
        How many columns; as many as fit if left out.

    Returns
    -------
    The legend.
    """
    most = columns or len(rows)
    for number in range(max(1, min(most, len(rows))), 0, -1):
        high = -(-len(rows) // number)
        split = tuple(tuple(rows[i : i + high]) for i in range(0, len(rows), high))
        legend = Legend(split, tuple(max(row.width for row in column) for column in split))
        if legend.width <= width or number == 1:
            return legend
    return Legend((), ())


def draw_legend(legend: Legend, x: float, y: float, *, framed: bool) -> str:
    """
    Draw a legend.

    Parameters
    ----------
    legend
        What to draw.
    x, y
        Its upper left corner [px].
    framed
        Whether it has a light ground of its own.

    Returns
    -------
    SVG.
    """
    parts = []
    if framed:
        parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{legend.width:.1f}" height="{legend.height:.1f}" rx="3" '
            'fill="#FFFFFF" fill-opacity="0.86"/>'
        )
    left = x + PADDING
    for column, width in zip(legend.columns, legend.widths, strict=True):
        for i, row in enumerate(column):
            middle = y + PADDING + (i + 0.5) * ROW
            start = left
            if row.sign:
                parts.append(f'<g transform="translate({left:.1f} {middle:.1f})">{row.sign}</g>')
                start += SWATCH + 8
            parts.append(draw_text(row.text, (start, middle + SIZE * 0.36), SIZE, bold=not row.sign))
            if row.note:
                at = (left + width, middle + SIZE * 0.36)
                parts.append(draw_text(row.note, at, SIZE, anchor="end", colour="#4A5058"))
        left += width + GAP
    return "".join(parts)
