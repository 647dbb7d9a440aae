"""The register of cooperation, its measures, the assessment of a group and legal form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt import __version__

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import (
        Assessment,
        Edge,
        Evidence,
        FormAdvice,
        FormCheck,
        FormVerdict,
        GroupCooperation,
        Hosts,
        MunicipalityCooperation,
        TaskCooperation,
    )
    from tyngdepunkt.model import Arrangement
    from tyngdepunkt.store.importing import Preview
    from tyngdepunkt.store.register import Change
    from tyngdepunkt.study import Study

__all__ = [
    "advice_shape",
    "arrangement_shape",
    "assessment_shape",
    "block_shape",
    "change_shape",
    "form_checks_shape",
    "host_shapes",
    "list_verdicts",
    "measure_shape",
    "pair_shape",
    "preview_shape",
    "say_evidence",
    "say_verdict",
    "task_shape",
    "verdict_shape",
]


def arrangement_shape(each: Arrangement, *, carried: bool) -> dict[str, object]:
    """Return an arrangement for JSON."""
    return {
        "arrangement_id": each.id,
        "name": each.name,
        "task": each.task,
        "legal_form": None if each.form == "unknown" else each.form,
        "form_basis": each.form_basis or None,
        "level": each.level,
        "level_basis": each.level_basis or None,
        "host_id": each.host or None,
        "snapshot": each.snapshot,
        "carried": carried,
        "year_start": each.year_start,
        "year_end": each.year_end,
        "participants": {part.municipality: part.basis for part in each.participants},
        "participants_basis": each.basis,
        "complete": each.is_complete,
        "outside": each.outside_text or None,
        "outside_kind": each.outside,
        "governing_body": each.governing_body or None,
        "fte": each.fte,
        "cost_nok": each.cost_nok,
        "note": each.note or None,
        "source": each.source or None,
    }


def measure_shape(each: MunicipalityCooperation) -> dict[str, object]:
    """Return the measures of a municipality for JSON; what needs a plan only where there is one."""
    shape: dict[str, object] = {
        "municipality_id": each.municipality,
        "total": each.total,
        "by_level": each.by_level,
        "by_task": each.by_task,
        "by_form": each.by_form,
        "by_basis": each.by_basis,
        "by_snapshot": each.by_snapshot,
        "control_total": each.control_total,
        "gap": each.gap,
        "control_by_level": {level: told.arrangements for level, told in (each.controls_by_level or {}).items()},
        "incomplete": each.incomplete,
        "hosted": each.hosted,
        "partner_sets": each.partner_sets,
        "criss_cross": each.criss_cross.share,
    }
    if each.placing is not None:
        shape |= {
            "block": each.block,
            "inside": each.placing.inside,
            "crossing": each.placing.crossing,
            "inside_unknown": each.placing.unknown,
            "inside_share": each.placing.inside_share,
        }
    return shape


def block_shape(each: GroupCooperation) -> dict[str, object]:
    """Return the measures of a block for JSON."""
    return {
        "block": each.name,
        "members": len(each.members),
        "arrangements": each.total,
        "inside": each.placing.inside,
        "crossing": each.placing.crossing,
        "inside_unknown": each.placing.unknown,
        "inside_share": each.inside_share,
        "shared_by_all": each.shared_by_all,
        "only_all": each.only_all,
        "partner_sets": each.partner_sets,
        "criss_cross": each.criss_cross.share,
        "hosts_known": each.hosts.known,
        "hosts_unknown": each.hosts.unknown,
        "top_host_share": each.hosts.top_share(),
        "host_concentration": each.hosts.concentration,
        "fte": each.fte,
        "cost_nok": each.cost_nok,
    }


def task_shape(each: TaskCooperation) -> dict[str, object]:
    """Return how many municipalities cooperate on a task for JSON."""
    return {
        "task": each.task,
        "service_areas": each.service_areas,
        "arrangements": each.arrangements,
        "municipalities": each.municipalities,
        "incomplete": each.incomplete,
        "control": each.count.municipalities if each.count else None,
        "difference": each.difference,
        "complete": each.is_complete,
    }


def host_shapes(hosts: Hosts, names: Mapping[str, str]) -> list[dict[str, object]]:
    """Return where the host roles lie for JSON; last, without a name, those of which no host is known."""
    return [
        *(
            {"host": names.get(host, host), "hosts": roles, "share": roles / hosts.known}
            for host, roles in hosts.roles.items()
        ),
        {"host": None, "hosts": hosts.unknown, "share": None},
    ]


def pair_shape(each: Edge, names: Mapping[str, str]) -> dict[str, object]:
    """Return two municipalities that share arrangements for JSON."""
    return {
        "a_id": each.a,
        "b_id": each.b,
        "a": names[each.a],
        "b": names[each.b],
        "shared": each.shared,
        "bilateral": each.bilateral,
    }


def preview_shape(
    preview: Preview, *, applied: bool = False, changes: Iterable[Change] = (), language: str = "en"
) -> dict[str, object]:
    """Return a preview for JSON, faults told in a language, and what was written where it was applied."""
    from tyngdepunkt.texts.wording import Wording

    tell = Wording(language).tell
    return {
        "file": preview.file,
        "applied": applied,
        "counts": preview.counts,
        "rows": [
            {
                "row": each.row,
                "outcome": each.outcome,
                "arrangement_id": each.arrangement or None,
                "name": each.name or None,
                "differences": each.differences,
            }
            for each in preview.rows
        ],
        "faults": [
            {**vars(fault), "problem": tell(fault.problem), "mend": tell(fault.mend), "text": tell(fault.message)}
            for fault in preview.faults
        ],
        "changes": [each.number for each in changes],
    }


def change_shape(each: Change) -> dict[str, object]:
    """Return a change for JSON."""
    return {
        "change": each.number,
        "batch": each.batch,
        "when": each.moment,
        "who": each.who,
        "act": each.act,
        "arrangement_id": each.arrangement,
        "version": each.version,
        "undoes": each.undoes,
        "differences": each.differences,
    }


def assessment_shape(study: Study, each: Assessment, *, language: str = "en") -> dict[str, object]:
    """Return an assessment for JSON, each piece of evidence with its sentence in a language."""
    return {
        "study": study.name,
        "group": each.group.name,
        "municipalities": each.group.members,
        "year": each.year,
        "step": each.step,
        "next_step": each.next_step,
        "items": [
            {
                "item": item.item,
                "standing": item.standing,
                "basis": item.basis or None,
                "contradicted": item.contradicted,
                "evidence": [_evidence_shape(study, one, language) for one in item.evidence],
                "missing": [_evidence_shape(study, one, language) for one in item.missing],
                "answer": item.answer,
            }
            for item in each.items
        ],
        "arrangements": each.group.total,
        "inside_share": each.group.inside_share,
        "partner_sets": each.group.partner_sets,
        "criss_cross": each.group.criss_cross.share,
        "thresholds": {"fixed_share": each.thresholds.fixed_share, "top_host_share": each.thresholds.top_host_share},
        "version": __version__,
    }


def _evidence_shape(study: Study, each: Evidence, language: str) -> dict[str, object]:
    """Return a piece of evidence for JSON."""
    told = say_evidence(study, each, language=language)
    return {**vars(each.reason), "arrangements": each.arrangements, "text": told}


def say_evidence(study: Study, each: Evidence, *, language: str = "en") -> str:
    """Return a piece of evidence in words."""
    from tyngdepunkt.texts.reasons import sentence

    return sentence(each.reason, study.territory.names, language)


def list_verdicts(advice: FormAdvice) -> list[tuple[str, tuple[FormVerdict, ...]]]:
    """Return the verdicts in order, each with its forms."""
    from tyngdepunkt.analysis.cooperation import Verdict

    return [(each, advice.having(each)) for each in (Verdict.ALLOWED, Verdict.CONDITIONAL, Verdict.EXCLUDED)]


def advice_shape(advice: FormAdvice, *, language: str = "en") -> dict[str, object]:
    """Return which legal forms a task allows for JSON, every form under its verdict."""
    return {
        "act": advice.act,
        **{
            str(verdict): [verdict_shape(advice, each, language=language) for each in found]
            for verdict, found in list_verdicts(advice)
        },
        "version": __version__,
    }


def verdict_shape(advice: FormAdvice, each: FormVerdict, *, language: str = "en") -> dict[str, object]:
    """Return a verdict for JSON, with its reason in words and its sources."""
    return {
        "form": each.form,
        "provision": each.provision,
        "reason": say_verdict(each, advice, language=language),
        "rules": [rule.key for rule in each.rules],
        "sources": list(dict.fromkeys(rule.source for rule in each.rules)),
    }


def form_checks_shape(
    year: int, checks: Sequence[FormCheck], tasks: Mapping[str, str], *, language: str = "en"
) -> dict[str, object]:
    """
    Return which forms of a year can carry their tasks for JSON.

    Parameters
    ----------
    year
        Of the picture.
    checks
        One for each of its arrangements.
    tasks
        Id of an arrangement to its service area.
    language
        Of the sentences.

    Returns
    -------
    The object of ``tyngdepunkt register forms``.
    """
    from tyngdepunkt.analysis.cooperation import Verdict

    return {
        "year": year,
        "counts": {verdict: sum(each.verdict is verdict for each in checks) for verdict in Verdict},
        "arrangements": [
            {
                "arrangement_id": each.arrangement,
                "task": tasks[each.arrangement],
                "legal_form": each.form,
                "act": each.act,
                "verdict": each.verdict,
                "provision": each.best.provision if each.best else None,
                "reason": say_verdict(each.best, language=language) if each.best else None,
                "needs": each.needs,
            }
            for each in checks
        ],
    }


def say_verdict(each: FormVerdict, advice: FormAdvice | None = None, *, language: str = "en") -> str:
    """
    Say why a form is allowed, conditional, excluded or not known.

    Parameters
    ----------
    each
        What the rules say of it.
    advice
        All of the advice, where a host may be what the ministry points to.
    language
        The reader's.

    Returns
    -------
    A sentence or a few.
    """
    from tyngdepunkt.texts.cooperation import rule_sentence

    said = [rule_sentence(rule.key, language) for rule in each.rules]
    if each.missing:
        said.append(rule_sentence("need_unknown", language, needs=each.missing))
    said = said or [rule_sentence(f"meant_for_{each.form}", language)]
    if advice and advice.host_is_default and each.verdict == "allowed" and each.form.startswith("host"):
        said.append(rule_sentence("host_is_default", language))
    return " ".join(dict.fromkeys(said))
