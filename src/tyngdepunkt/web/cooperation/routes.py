"""The routes of the pages on cooperation and services, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

from tyngdepunkt.web.cooperation.arrangement import make_arrangement
from tyngdepunkt.web.cooperation.assessing import make_assessing
from tyngdepunkt.web.cooperation.capacity import make_capacity
from tyngdepunkt.web.cooperation.frame import Counter
from tyngdepunkt.web.cooperation.history import make_history
from tyngdepunkt.web.cooperation.hosting import make_hosting
from tyngdepunkt.web.cooperation.imports import make_imports
from tyngdepunkt.web.cooperation.legal import make_legal
from tyngdepunkt.web.cooperation.listing import make_listing
from tyngdepunkt.web.cooperation.overview import make_overview
from tyngdepunkt.web.cooperation.sharing import make_sharing

if TYPE_CHECKING:
    from tyngdepunkt.web.cooperation.ledger import Ledger
    from tyngdepunkt.web.desk import Desk

__all__ = ["make_cooperation"]


def make_cooperation(desk: Desk, ledger: Ledger, language: str) -> APIRouter:
    """
    Return the routes of the pages on cooperation and services.

    Parameters
    ----------
    desk
        Where answers are worked out.
    ledger
        The register.
    language
        The language of an address that says none.

    Returns
    -------
    The routes.
    """
    counter = Counter(desk, ledger, language)
    router = APIRouter()
    for make in (
        make_overview,
        make_listing,
        make_arrangement,
        make_history,
        make_imports,
        make_assessing,
        make_legal,
        make_capacity,
        make_hosting,
        make_sharing,
    ):
        router.include_router(make(counter))
    return router
