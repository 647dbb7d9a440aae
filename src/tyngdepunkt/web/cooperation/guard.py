"""
Who may send a form, and who says that they sent it.

The workbench has no login: it answers one machine. So a page of another site must not be able to send its forms. A form
is taken only where the browser says that it comes from a page of ours, the host is this machine and no name that
another has pointed at it, and the form has the word that the reader's cookie has.
"""

from __future__ import annotations

import ipaddress
import secrets
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from tyngdepunkt.errors import QuestionError
from tyngdepunkt.texts.wording import later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fastapi import Request
    from fastapi.responses import Response

__all__ = ["FIELD", "ForeignFormError", "check_form", "remember", "token_of", "who_of"]

FIELD = "token"
"""Field of a form with the word of the reader's cookie."""

_TOKEN_COOKIE = "tyngdepunkt-token"  # noqa: S105 - a name
_WHO_COOKIE = "tyngdepunkt-who"
_YEAR = 365 * 24 * 3600
_LENGTH = 32


class ForeignFormError(QuestionError):
    """A form that did not come from a page of ours."""


def token_of(request: Request) -> str:
    """Return the word of the reader's cookie; a new one where there is none."""
    told = request.cookies.get(_TOKEN_COOKIE, "")
    return told if len(told) >= _LENGTH else secrets.token_urlsafe(_LENGTH)


def who_of(request: Request) -> str:
    """Return who changed something last in this browser; empty where nobody has."""
    return unquote(request.cookies.get(_WHO_COOKIE, ""))


def remember(response: Response, *, token: str = "", who: str = "") -> None:
    """
    Let the browser keep the word of the forms, and who changes things.

    Parameters
    ----------
    response
        The answer that tells it.
    token, who
        What to keep; empty for nothing.
    """
    for name, value in ((_TOKEN_COOKIE, token), (_WHO_COOKIE, quote(who))):
        if value:
            response.set_cookie(name, value, max_age=_YEAR, httponly=True, samesite="strict")


def check_form(request: Request, form: Mapping[str, object]) -> None:
    """
    Check that a form comes from a page of ours.

    Parameters
    ----------
    request
        That sends it.
    form
        Its fields.

    Raises
    ------
    ForeignFormError
        Where it does not, or where that cannot be told.
    """
    host = request.headers.get("Host", "")
    if not _is_this_machine(urlsplit(f"//{host}").hostname or ""):
        raise ForeignFormError(
            later("A form is taken only at localhost or at an address in numbers: open the page there.")
        )
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    told_same = request.headers.get("Sec-Fetch-Site") == "same-origin"  # then an origin that is kept back does no harm
    if site not in {"same-origin", "none"} or not (
        origin is None or urlsplit(origin).netloc == host or (origin == "null" and told_same)
    ):
        raise ForeignFormError(later("The form comes from another site, and nothing was written."))
    told, kept = str(form.get(FIELD, "")), request.cookies.get(_TOKEN_COOKIE, "")
    if not kept or not secrets.compare_digest(told.encode(), kept.encode()):
        raise ForeignFormError(
            later("The form is not known to this browser: let it keep the cookies of this page, and send it again.")
        )


def _is_this_machine(name: str) -> bool:
    """Return whether a host is named in a way that no other can point elsewhere: localhost, or numbers."""
    if name == "localhost":
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
