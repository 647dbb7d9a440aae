"""What services have of staff, today and pooled, against norms; and how large they are against municipalities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from tyngdepunkt.shapes.services import capacity_shape, structure_shape
from tyngdepunkt.texts.wording import Wording, later
from tyngdepunkt.web.chrome import complaint_response, to_json
from tyngdepunkt.web.cooperation.assessing import Group, read_group
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.sheets import Column, Sheet, to_csv

if TYPE_CHECKING:
    from tyngdepunkt.analysis.services import (
        BlockCapacity,
        BlockSize,
        CapacityAnswer,
        Judgement,
        ServiceUnit,
        StructureFinding,
    )

__all__ = ["MEASURES", "make_capacity"]

MEASURES = {
    "full_time_equivalents": later("full-time equivalents"),
    "posts_all": later("all posts"),
    "posts_professional": later("professional posts"),
    "persons": later("persons"),
    "inhabitants": later("inhabitants"),
}
"""What is counted, as the table staffing spells it, to words."""

_GRADES = {
    "very_vulnerable": later("very vulnerable"),
    "vulnerable": later("vulnerable"),
    "sufficient": later("sufficient"),
}
_FEW = 3
"""Services elsewhere up to which a share of them says nothing."""


def make_capacity(counter: Counter) -> APIRouter:
    """
    Return the routes of capacity.

    Parameters
    ----------
    counter
        Where pages are handed out.

    Returns
    -------
    ``/services``, ``/services/sizes``, their tables and their JSON.
    """
    router = APIRouter()

    @router.get("/services", include_in_schema=False, response_model=None)
    def capacity(request: Request) -> Response:
        """Return the page."""
        return counter.page(request, lambda frame: show(request, frame))

    def show(request: Request, frame: Frame) -> HTMLResponse:
        group, faults = read_group(frame)
        answer = _answer(frame, group)
        tables = _tables(frame, answer)
        return counter.render(
            "coop_capacity.html.j2",
            request,
            frame,
            group=group,
            answer=answer,
            tables=tables,
            services=sorted({unit.service for unit in _answer(frame, None, every=True).units}),
            size_words=lambda size: _size_words(size, frame.wording),
            complaints=(*frame.complaints, *faults),
        )

    @router.get("/services/sizes", include_in_schema=False, response_model=None)
    def sizes(request: Request) -> Response:
        """Return the size of services against that of municipalities."""
        return counter.page(request, lambda frame: show_sizes(request, frame))

    def show_sizes(request: Request, frame: Frame) -> HTMLResponse:
        found = _structures(frame)
        return counter.render(
            "coop_sizes.html.j2",
            request,
            frame,
            sheet=_size_sheet(frame, found),
            notes=[each for each in found if _differs(each)],
            sources=list(dict.fromkeys(each.source for each in found if each.printed)),
        )

    @router.get("/services/tables/{name}.csv")
    def table(name: str, request: Request) -> Response:
        """Return a table as CSV."""
        frame = counter.frame(request)
        group, faults = read_group(frame)
        if complaints := (*frame.complaints, *faults):
            return complaint_response(complaints)
        found = (
            _size_sheet(frame, _structures(frame))
            if name == "sizes"
            else _tables(frame, _answer(frame, group)).get(name)
        )
        if found is None:
            raise HTTPException(
                404, f"There is no table {name!r}: ask for units, pooled, findings, elsewhere or sizes."
            )
        return Response(
            to_csv(found, frame.names),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{frame.study.name}-services-{name}.csv"'},
        )

    @router.get("/api/services/capacity")
    def capacity_data(request: Request) -> JSONResponse:
        """Return capacity."""
        frame = counter.frame(request)
        group, faults = read_group(frame)
        if complaints := (*frame.complaints, *faults):
            return complaint_response(complaints)
        answer = _answer(frame, group)
        return to_json(capacity_shape(frame.study, answer))

    @router.get("/api/services/sizes")
    def sizes_data(request: Request) -> JSONResponse:
        """Return the size of services against that of municipalities."""
        from tyngdepunkt.analysis.services import structure_of_municipalities

        frame = counter.frame(request)
        return to_json(structure_shape(frame.study, _structures(frame), structure_of_municipalities(frame.study)))

    return router


def _answer(frame: Frame, group: Group | None, *, every: bool = False) -> CapacityAnswer:
    """Return capacity: of the group, else of each block of the plan, else of no block."""
    from tyngdepunkt.analysis.services import assess_capacity

    blocks = {group[0]: group[1]} if group else frame.blocks
    service = frame.asked.get("service", "")
    known = frame.study.tables.get("staffing")
    chosen = (service,) if service and not every and known is not None and service in set(known["service"]) else ()
    return assess_capacity(frame.current_study, {} if every else blocks, services=chosen)


def _tables(frame: Frame, answer: CapacityAnswer) -> dict[str, Sheet]:
    """Return the tables of capacity by name, those that are empty left out."""
    made = (
        _pooled_sheet(frame, answer.blocks),
        _unit_sheet(frame, answer.units),
        _finding_sheet(frame, answer),
        _elsewhere_sheet(frame, answer),
    )
    return {sheet.name: sheet for sheet in made if sheet.rows}


def _pooled_sheet(frame: Frame, blocks: Iterable[BlockCapacity]) -> Sheet:
    """Return each service in each block, today and pooled."""
    say = frame.wording
    rows = []
    for each in blocks:
        against = _grade_words(each.judgements, say)
        percentile = each.distribution.percentile
        if not against and percentile is not None and each.distribution.units > _FEW:
            against = say.say(
                "no norm; more than {share} of {count} services",
                share=say.share(percentile / 100, digits=0),
                count=say.count(each.distribution.units),
            )
        rows.append(
            {
                "block_name": each.block,
                "service": each.service,
                "counted": f"{say.say(MEASURES.get(each.measure, each.measure))}, {each.year}",
                "today": " + ".join(_staff(unit.fte) for unit in each.today if unit not in each.crossing),
                "across": ", ".join(unit.arrangement for unit in each.crossing),
                "pooled": each.pooled_fte,
                "whole": each.is_whole,
                "against": against or say.say("no norm"),
            }
        )
    columns = (
        Column("block_name", later("Block")),
        Column("service", later("Service")),
        Column("counted", later("What is counted, and when")),
        Column("today", later("Today"), "text", "fte"),
        Column("across", later("Shared across the border")),
        Column("pooled", later("Pooled"), "decimal", "fte"),
        Column("whole", later("All of it known"), "yes"),
        Column("against", later("Against the norm"), "text", "norm"),
    )
    return Sheet("pooled", later("Services pooled in the block"), columns, tuple(rows))


def _unit_sheet(frame: Frame, units: Iterable[ServiceUnit]) -> Sheet:
    """Return each service as it is."""
    say = frame.wording
    columns = (
        Column("service", later("Service")),
        Column("host", later("Municipality or host"), "municipality"),
        Column("counted", later("What is counted, and when")),
        Column("fte", later("Staff"), "decimal", "fte"),
        Column("serves", later("Municipalities served"), "count"),
        Column("population", later("Inhabitants served"), "count"),
        Column("against", later("Against the norm"), "text", "norm"),
        Column("source", later("Source")),
    )
    rows = tuple(
        {
            "service": each.service,
            "host": each.host,
            "counted": f"{say.say(MEASURES.get(each.measure, each.measure))}, {each.year}",
            "fte": each.fte,
            "serves": len(each.members),
            "population": each.population,
            "against": _grade_words(each.judgements, say) or say.say("no norm"),
            "source": each.source,
        }
        for each in units
    )
    return Sheet("units", later("Services as they are"), columns, rows)


def _finding_sheet(frame: Frame, answer: CapacityAnswer) -> Sheet:
    """Return printed figures held against the rows they are made of."""
    columns = (
        Column("source", later("Where it is printed")),
        Column("subject", later("Of what")),
        Column("municipality", later("Municipality")),
        Column("printed", later("Printed"), "decimal"),
        Column("computed", later("The rows give"), "decimal"),
        Column("agrees", later("The same"), "yes"),
        Column("note", later("Note")),
    )
    rows = tuple(
        {
            "source": each.source,
            "subject": each.subject,
            "municipality": frame.names.get(each.municipality, each.municipality),
            "printed": each.printed,
            "computed": each.computed,
            "agrees": each.agrees,
            "note": each.note,
        }
        for each in answer.findings
    )
    return Sheet("findings", later("Printed figures, checked"), columns, rows)


def _elsewhere_sheet(frame: Frame, answer: CapacityAnswer) -> Sheet:
    """Return services elsewhere."""
    say = frame.wording
    columns = (
        Column("area", later("Area")),
        Column("arrangement", later("Arrangement")),
        Column("host", later("Host")),
        Column("counted", later("What is counted, and when")),
        Column("fte", later("Staff"), "decimal"),
        Column("participants", later("Participants")),
        Column("source", later("Source")),
    )
    rows = tuple(
        {
            "area": each.area,
            "arrangement": each.arrangement,
            "host": each.host,
            "counted": f"{say.say(MEASURES.get(each.measure, each.measure))}, {each.year}",
            "fte": each.fte,
            "participants": ", ".join(each.participants),
            "source": each.source,
        }
        for each in answer.reference
    )
    return Sheet("elsewhere", later("Services elsewhere"), columns, rows)


def _structures(frame: Frame) -> tuple[StructureFinding, ...]:
    """Return the size of each service."""
    from tyngdepunkt.analysis.services import compare_structures

    return tuple(compare_structures(frame.current_study))


def _size_sheet(frame: Frame, found: Iterable[StructureFinding]) -> Sheet:
    """Return the size of services against municipalities, the printed figure in brackets where it differs."""
    from tyngdepunkt.analysis.services import structure_of_municipalities

    say = frame.wording
    own = structure_of_municipalities(frame.study)
    quantities = (
        ("services", later("Services")),
        ("alone", later("Alone")),
        ("shared", later("Shared")),
        ("cooperating_share", later("Cooperate, per cent")),
        ("mean", later("Mean inhabitants")),
        ("median", later("Median inhabitants")),
        ("most", later("Most inhabitants")),
        ("least", later("Fewest inhabitants")),
        ("below_3000", later("Below 3,000, per cent")),
        ("from_3000", later("3,000 to 5,000, per cent")),
        ("from_5000", later("5,000 to 15,000, per cent")),
        ("from_15000", later("Above 15,000, per cent")),
    )
    classes = dict(zip(("below_3000", "from_3000", "from_5000", "from_15000"), own.size_shares, strict=True))
    rows = [
        {
            "service": say.say("The municipalities themselves"),
            **{name: "" for name, _ in quantities},
            **{name: _rounded(100 * share, name, say) for name, share in classes.items()},
        }
    ]
    rows += [
        {
            "service": each.structure.service,
            **{name: _both(each, name, say) for name, _ in quantities},
        }
        for each in found
    ]
    columns = (Column("service", later("Service")), *(Column(name, title) for name, title in quantities))
    return Sheet("sizes", later("Size of services against size of municipalities"), columns, tuple(rows))


def _both(each: StructureFinding, name: str, say: Wording) -> str:
    """Write a computed figure, with the printed one in brackets where they differ as written."""
    computed = _rounded(each.computed[name], name, say)
    if name not in each.printed:
        return computed
    printed = _rounded(each.printed[name], name, say)
    return computed if printed == computed else f"{computed} ({printed})"


def _rounded(value: float, name: str, say: Wording) -> str:
    """Write a figure: shares with a decimal, all else whole."""
    from tyngdepunkt.texts.numbers import format_decimal

    is_share = name.startswith(("below_", "from_"))
    return format_decimal(value, say.language, digits=1) if is_share else say.count(round(value))


def _differs(each: StructureFinding) -> bool:
    """Return whether a printed figure differs by one or more, and so asks for a reason."""
    return any(abs(each.computed[name] - value) >= 1 for name, value in each.printed.items())


def _staff(value: float) -> str:
    """Write a number of staff in short."""
    return f"{value:.4g}"


def _grade_words(judgements: Iterable[Judgement], say: Wording) -> str:
    """Say what the norms for staff say, each with its source."""
    said = []
    for each in judgements:
        if each.norm.measure == "inhabitants":
            continue
        grade = say.say(_GRADES[each.grade]) if each.grade is not None else say.say("undecided")
        full = say.say(", enough for a whole service") if each.is_full else ""
        said.append(f"{grade}{full} ({say.say(MEASURES[each.norm.measure])}: {each.norm.source})")
    return "; ".join(said)


def _size_words(size: BlockSize, say: Wording) -> list[str]:
    """Say what a block is large enough for, a line for each norm that looks at inhabitants."""
    lines = []
    for each in size.judgements:
        norm = each.norm
        if each.is_full and norm.full_from is not None:
            verdict = say.say("sufficient, and above {count}", count=say.count(norm.full_from))
        elif each.grade is not None and norm.sufficient_from is not None and each.value >= norm.sufficient_from:
            verdict = say.say("sufficient from {count}", count=say.count(norm.sufficient_from))
        elif each.grade is not None:
            verdict = say.say(_GRADES[each.grade])
        elif norm.sufficient_from is not None:
            verdict = say.say("below {count}", count=say.count(norm.sufficient_from))
        else:
            verdict = say.say("undecided")
        lines.append(f"{norm.service or say.say('statutory tasks')}: {verdict} ({norm.source})")
    return lines
