"""The register of cooperation, its measures, the assessment of a group and legal form, as rows and text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.cli.asking import name_of
from tyngdepunkt.cli.layout import Row, fit_table, percent, table_text
from tyngdepunkt.shapes.cooperation import list_verdicts, say_evidence, say_verdict, verdict_shape

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import (
        Assessment,
        Edge,
        FormAdvice,
        FormCheck,
        GroupCooperation,
        MunicipalityCooperation,
        RegisterMeasure,
        TaskCooperation,
    )
    from tyngdepunkt.model import Arrangement, Partition, Plan
    from tyngdepunkt.store.importing import Preview
    from tyngdepunkt.store.register import Change
    from tyngdepunkt.study import Study

__all__ = [
    "advice_text",
    "arrangement_row",
    "assessment_rows",
    "assessment_text",
    "block_row",
    "change_row",
    "form_row",
    "forms_text",
    "host_row",
    "measure_row",
    "measure_text",
    "pair_row",
    "preview_rows",
    "preview_text",
    "task_row",
]


def arrangement_row(study: Study, each: Arrangement, *, carried: bool) -> Row:
    """Return an arrangement as a row."""
    from tyngdepunkt.texts.cooperation import registered_form_word

    names = study.territory.names
    return {
        "arrangement_id": each.id,
        "arrangement": each.name,
        "task": each.task,
        "form": None if each.form == "unknown" else registered_form_word(each.form, "en"),
        "level": None if each.level == "unknown" else each.level,
        "host": names.get(each.host) if each.host else None,
        "described in": str(each.snapshot),
        "carried over": carried,
        "participants": [names[part.municipality] for part in each.participants],
        "participants are": each.basis,
        "outside": each.outside_text or None,
    }


def measure_row(study: Study, each: MunicipalityCooperation) -> Row:
    """Return the measures of a municipality as a row."""
    row: dict[str, object] = {
        "municipality_id": each.municipality,
        "municipality": study.territory.names[each.municipality],
        "arrangements": each.total,
        **{f"{level}": number for level, number in each.by_level.items()},
        "control": each.control_total,
        "gap": each.gap,
        "hosts": each.hosted,
        "partner sets": each.partner_sets,
        "criss-cross [%]": percent(each.criss_cross.share),
    }
    if each.placing is not None:
        row |= {
            "block": each.block,
            "inside": each.placing.inside,
            "crossing": each.placing.crossing,
            "not known": each.placing.unknown,
            "inside [%]": percent(each.placing.inside_share),
        }
    return row


def block_row(each: GroupCooperation) -> Row:
    """Return the measures of a block, or of the whole study, as a row."""
    return {
        "block": each.name,
        "municipalities": len(each.members),
        "arrangements": each.total,
        "inside": each.placing.inside,
        "crossing": each.placing.crossing,
        "not known": each.placing.unknown,
        "inside [%]": percent(each.inside_share),
        "with all of them": each.shared_by_all,
        "with just them": each.only_all,
        "partner sets": each.partner_sets,
        "criss-cross [%]": percent(each.criss_cross.share),
        "hosts known": each.hosts.known,
        "hosts not known": each.hosts.unknown,
        "largest host [%]": percent(each.hosts.top_share()),
        "host concentration": each.hosts.concentration,
        "full-time equivalents": each.fte,
        "cost [NOK]": each.cost_nok,
    }


def task_row(each: TaskCooperation) -> Row:
    """Return how many municipalities cooperate on a task as a row."""
    return {
        "task": each.task,
        "service areas": each.service_areas,
        "arrangements": each.arrangements,
        "municipalities": each.municipalities,
        "partners not all known": each.incomplete,
        "control": each.count.municipalities if each.count else None,
        "difference": each.difference,
        "complete": each.is_complete,
    }


def host_row(shape: Mapping[str, object]) -> Row:
    """Return where host roles lie, as `host_shapes` tells it, as a row."""
    share = shape["share"]
    return {
        "host": shape["host"] or "not known",
        "host roles": shape["hosts"],
        "share of those known [%]": percent(share if isinstance(share, float) else None),
    }


def pair_row(each: Edge, names: Mapping[str, str]) -> Row:
    """Return two municipalities that share arrangements as a row."""
    return {
        "municipality_id": each.a,
        "partner_id": each.b,
        "municipality": names[each.a],
        "partner": names[each.b],
        "shared arrangements": each.shared,
        "of the two alone": each.bilateral,
    }


def form_row(each: FormCheck, arrangement: Arrangement) -> Row:
    """Return whether the form of an arrangement can carry its task as a row."""
    from tyngdepunkt.texts.cooperation import registered_form_word

    return {
        "arrangement_id": each.arrangement,
        "arrangement": arrangement.name,
        "task": arrangement.task,
        "form": registered_form_word(each.form, "en"),
        "verdict": each.verdict,
        "reason": say_verdict(each.best) if each.best else None,
        "needs by": each.needs.source if each.needs else None,
    }


def forms_text(year: int, checks: Sequence[FormCheck], rows: Sequence[Row], *, wide: bool) -> str:
    """Return which forms can carry their tasks for reading: how many, and those that are known."""
    from tyngdepunkt.analysis.cooperation import Verdict

    counts = {verdict: sum(each.verdict is verdict for each in checks) for verdict in Verdict}
    return (
        f"Of {len(checks)} arrangements of {year}, {counts[Verdict.EXCLUDED]} have a form that cannot carry their "
        f"task, {counts[Verdict.CONDITIONAL]} one that can on a condition, {counts[Verdict.ALLOWED]} one that can; "
        f"of {counts[Verdict.UNKNOWN]} it is not known, for want of the form or of what the task needs.\n\n"
        + fit_table(rows, wide=wide)
    )


def measure_text(study: Study, measure: RegisterMeasure, plan: Plan | Partition | None, *, wide: bool) -> str:
    """Return the measures for reading."""
    snapshots = ", ".join(f"{number} of {year}" for year, number in measure.by_snapshot.items())
    said = f"{len(measure.picture)} arrangements of {measure.year} (rows: {snapshots}), "
    said += f"{measure.participations:,} participations.\n"
    if measure.counted_participations is not None:
        said += f"By another's count there are {measure.counted_participations:,}.\n"
    if measure.picture.carried:
        said += f"{len(measure.picture.carried)} rows are carried over from earlier years; some may have ended since.\n"
    for group in measure.picture.doubled:
        said += f"Perhaps one arrangement described twice: {', '.join(group)}.\n"
    if plan is not None and measure.placing is not None:
        share = percent(measure.inside_share)
        said += (
            f"Against {name_of(plan)}: {measure.placing.inside} arrangements lie within one block, "
            f"{measure.placing.crossing} across a border, of {measure.placing.unknown} it is not known"
            f"{'' if share is None else f' ({share} % of what is known lies within)'}.\n"
        )
    return f"{said}\n{fit_table([measure_row(study, each) for each in measure.municipalities], wide=wide)}"


def preview_rows(preview: Preview) -> list[Row]:
    """Return what an import changes as rows; what it leaves as it is is not among them."""
    return [
        {
            "row": each.row or None,
            "outcome": each.outcome,
            "arrangement_id": each.arrangement,
            "arrangement": each.name,
            "changes": "; ".join(map(str, each.differences)),
        }
        for each in preview.rows
        if each.outcome not in ("unchanged", "missing")
    ]


def preview_text(preview: Preview, *, applied: bool) -> str:
    """Return a preview for reading."""
    said_of = {"fault": "with a fault", "missing": "not in the file (they stay)"}
    counts = ", ".join(
        f"{number} {said_of.get(outcome, outcome)}" for outcome, number in preview.counts.items() if number
    )
    rows = preview_rows(preview)
    said = f"{preview.file}: {counts or 'no rows'}.\n" + (f"\n{table_text(rows)}" if rows else "")
    if applied:
        return said + "\nImported.\n"
    return said if preview.faults else said + "\nNothing is written yet: --apply imports it.\n"


def change_row(each: Change) -> Row:
    """Return a change as a row."""
    entry = each.after or each.before
    return {
        "change": each.number,
        "batch": each.batch,
        "when": each.moment,
        "who": each.who,
        "act": each.act,
        "arrangement_id": each.arrangement,
        "arrangement": entry.name if entry else "",
        "changes": "; ".join(map(str, each.differences)),
    }


def assessment_rows(study: Study, each: Assessment) -> list[Row]:
    """Return the items of an assessment as rows."""
    from tyngdepunkt.texts.cooperation import item_word, standing_word

    return [
        {
            "group": each.group.name,
            "item": item_word(item.item, "en"),
            "standing": standing_word(item.standing, "en"),
            "known by": {"register": "the register", "stated": "the answer"}.get(item.basis, ""),
            "evidence": " ".join(say_evidence(study, one) for one in item.evidence),
            "missing": " ".join(say_evidence(study, one) for one in item.missing),
        }
        for item in each.items
    ]


def assessment_text(study: Study, each: Assessment) -> str:
    """Return an assessment for reading."""
    from tyngdepunkt.texts.cooperation import item_word, standing_word, step_word

    said = f"{each.group.name}, {each.year}: {step_word(each.step, 'en')}.\n"
    for item in each.items:
        said += f"\n{item_word(item.item, 'en')}: {standing_word(item.standing, 'en')}"
        said += " (as the cooperation itself says)" if item.basis == "stated" else ""
        said += " - the cooperation itself says otherwise" if item.contradicted else ""
        said += "\n"
        said += "".join(f"  {say_evidence(study, one)}\n" for one in (*item.evidence, *item.missing))
    if each.next_step:
        said += f"\nTo come one step further: {', '.join(item_word(item, 'en') for item in each.next_step)}.\n"
    return said


def advice_text(advice: FormAdvice) -> str:
    """Return advice for reading."""
    from tyngdepunkt.texts.cooperation import form_word

    said = f"Local Government Act of {advice.act}.\n"
    for verdict, found in list_verdicts(advice):
        said += f"\n{verdict.capitalize()}:\n" if found else f"\n{verdict.capitalize()}: none\n"
        for each in found:
            shape = verdict_shape(advice, each)
            said += f"  {form_word(each.form, 'en')} ({each.provision})\n    {shape['reason']}\n"
    return said
