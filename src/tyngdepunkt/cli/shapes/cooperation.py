"""The register of cooperation, its measures, the assessment of a group and legal form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt import __version__

if TYPE_CHECKING:
    from tyngdepunkt.analysis.cooperation import (
        Assessment,
        Evidence,
        FormAdvice,
        FormVerdict,
        GroupCooperation,
        MunicipalityCooperation,
    )
    from tyngdepunkt.model import Arrangement
    from tyngdepunkt.store.importing import Preview
    from tyngdepunkt.store.register import Change
    from tyngdepunkt.study import Study

__all__ = [
    "arrangement_shape",
    "assessment_shape",
    "block_shape",
    "change_shape",
    "list_verdicts",
    "measure_shape",
    "preview_shape",
    "say_evidence",
    "say_verdict",
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


def preview_shape(preview: Preview, *, applied: bool, changes: Iterable[Change]) -> dict[str, object]:
    """Return a preview for JSON."""
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
        "faults": [{**vars(fault), "text": str(fault)} for fault in preview.faults],
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


def assessment_shape(study: Study, each: Assessment) -> dict[str, object]:
    """Return an assessment for JSON, each piece of evidence with its sentence."""
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
                "evidence": [_evidence_shape(study, one) for one in item.evidence],
                "missing": [_evidence_shape(study, one) for one in item.missing],
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


def _evidence_shape(study: Study, each: Evidence) -> dict[str, object]:
    """Return a piece of evidence for JSON."""
    return {**vars(each.reason), "arrangements": each.arrangements, "text": say_evidence(study, each)}


def say_evidence(study: Study, each: Evidence) -> str:
    """Return a piece of evidence in words."""
    from tyngdepunkt.texts.reasons import sentence

    return sentence(each.reason, study.territory.names, "en")


def list_verdicts(advice: FormAdvice) -> list[tuple[str, tuple[FormVerdict, ...]]]:
    """Return the verdicts in order, each with its forms."""
    from tyngdepunkt.analysis.cooperation import Verdict

    return [(each, advice.having(each)) for each in (Verdict.ALLOWED, Verdict.CONDITIONAL, Verdict.EXCLUDED)]


def verdict_shape(advice: FormAdvice, each: FormVerdict) -> dict[str, object]:
    """Return a verdict for JSON, with its reason in words and its sources."""
    reason = say_verdict(each)
    if advice.host_is_default and each.verdict == "allowed" and each.form.startswith("host"):
        reason = f"{reason} {_sentence('host_is_default')}"
    return {
        "form": each.form,
        "provision": each.provision,
        "reason": reason,
        "rules": [rule.key for rule in each.rules],
        "sources": list(dict.fromkeys(rule.source for rule in each.rules)),
    }


def say_verdict(each: FormVerdict) -> str:
    """Return why a form is allowed, conditional, excluded or not known, in words."""
    from tyngdepunkt.texts.cooperation import rule_sentence

    said = [rule_sentence(rule.key, "en") for rule in each.rules]
    if each.missing:
        said.append(rule_sentence("need_unknown", "en", needs=each.missing))
    return " ".join(dict.fromkeys(said)) or _sentence(f"meant_for_{each.form}")


def _sentence(key: str) -> str:
    """Return the sentence of a key."""
    from tyngdepunkt.texts.cooperation import rule_sentence

    return rule_sentence(key, "en")
