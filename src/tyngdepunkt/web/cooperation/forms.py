"""The forms of the register: their fields read, who sends them, what they offer, and where the browser goes then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from tyngdepunkt.errors import ConflictError
from tyngdepunkt.texts.wording import later
from tyngdepunkt.web.cooperation import drafts, guard, words
from tyngdepunkt.web.cooperation.frame import Counter, Frame
from tyngdepunkt.web.view import Complaint

if TYPE_CHECKING:
    from tyngdepunkt.store.entries import Difference

__all__ = [
    "Fields",
    "complain_who",
    "number_of",
    "offers",
    "overtaken_page",
    "read_form",
    "see_other",
    "speech",
]


async def read_form(request: Request) -> AsyncIterator[FormData]:
    """
    Read the fields of a form, and close the files among them once the answer is made.

    Parameters
    ----------
    request
        That sends it.

    Yields
    ------
    FormData
        The fields.
    """
    async with request.form() as form:
        yield form


Fields = Annotated[FormData, Depends(read_form)]


def see_other(address: str, *, who: str = "") -> RedirectResponse:
    """
    Send the browser on after something was written, so that a reload writes nothing twice.

    Parameters
    ----------
    address
        Where to.
    who
        Who wrote, for the browser to remember.

    Returns
    -------
    The response.
    """
    response = RedirectResponse(address, status_code=303)
    guard.remember(response, who=who)
    return response


def overtaken_page(counter: Counter, request: Request, frame: Frame, error: ConflictError) -> HTMLResponse:
    """
    Return the page that says what another changed first.

    Parameters
    ----------
    counter
        Where pages are handed out.
    request, frame
        What is looked at.
    error
        What the store said.

    Returns
    -------
    The page, with status 409.
    """
    from tyngdepunkt.store.register import Change

    changes = [each for each in error.changes if isinstance(each, Change)]
    return counter.render(
        "coop_overtaken.html.j2", request, frame, status=409, changes=changes, error=error, **speech(frame)
    )


def offers() -> dict[str, object]:
    """Return what the fields of the forms offer to choose from."""
    from tyngdepunkt.store.entries import ARRANGEMENTS, PARTICIPANTS

    return {
        "allowed": {column.name: column.allowed for column in ARRANGEMENTS.columns},
        "bases": PARTICIPANTS.column("basis").allowed,
        "fields": words.FIELDS,
        "hints": words.HINTS,
        "columns": drafts.COLUMNS,
    }


def speech(frame: Frame) -> dict[str, object]:
    """Return what says values and changes in words."""

    def say_difference(each: Difference) -> tuple[str, str, str]:
        label = frame.wording.say(words.FIELDS.get(each.what, each.what))
        before, after = (
            words.say_value(each.what, text, frame.names, frame.wording) for text in (each.before, each.after)
        )
        return label, before, after

    return {
        "say_value": lambda column, text: words.say_value(column, text, frame.names, frame.wording),
        "say_basis": lambda basis: words.say_basis(basis, frame.wording),
        "say_difference": say_difference,
        "acts": words.ACTS,
    }


def complain_who(frame: Frame, who: str) -> tuple[Complaint, ...]:
    """Return that it is not said who writes."""
    if who:
        return ()
    say = frame.wording.say
    return (Complaint("who", say(later("It is not said who makes the change.")), say(later("Write your name."))),)


def number_of(form: FormData, name: str) -> int:
    """Return a whole number that the form carries along; 0 where it is none."""
    text = str(form.get(name, ""))
    return int(text[:9]) if text.isdecimal() else 0
