"""The application, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

import tyngdepunkt
from tyngdepunkt.texts import LANGUAGES
from tyngdepunkt.web.api import NOT_YET, answer_not_yet, make_api
from tyngdepunkt.web.chrome import ASSETS, add_error_shape, add_headers
from tyngdepunkt.web.cooperation import Ledger, make_cooperation
from tyngdepunkt.web.desk import Desk
from tyngdepunkt.web.pages import make_pages
from tyngdepunkt.web.view import first_view

if TYPE_CHECKING:
    from tyngdepunkt.analysis import Answers
    from tyngdepunkt.study import Study

__all__ = ["create_app"]

_WORTH_PACKING = 2_000
"""Size from which an answer is sent compressed [bytes]."""
_EFFORT = 5
"""Of the compression, 1 to 9: more takes longer than the bytes that it saves."""


def create_app(
    study: Study, *, language: str = "nb", answers: Answers | None = None, register: str | Path | None = None
) -> FastAPI:
    """
    Return the workbench of a study, with the answer to its own question begun in the background.

    Parameters
    ----------
    study
        The study.
    language
        The language of an address that says none: ``nb``, ``nn`` or ``en``.
    answers
        Where answers are kept from run to run; None to keep them in memory alone.
    register
        File or address of the database that the register is kept in; None to keep it until the workbench ends.

    Returns
    -------
    The application.

    Raises
    ------
    KeyError
        Where the language is not one of `tyngdepunkt.texts.LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise KeyError(f"{language!r} is not a language of tyngdepunkt: use one of {', '.join(LANGUAGES)}.")
    desk, ledger = Desk(study, answers), Ledger(study, register)

    @asynccontextmanager
    async def live(_app: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()
        ledger.close()

    # The documentation pages that FastAPI offers fetch scripts from elsewhere, so they stay away.
    app = FastAPI(
        title="tyngdepunkt",
        version=tyngdepunkt.__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=live,
    )
    app.state.desk = desk
    add_headers(app)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING, compresslevel=_EFFORT)
    add_error_shape(app)
    app.add_exception_handler(NOT_YET, answer_not_yet)
    app.include_router(make_pages(desk, language))
    app.include_router(make_api(desk, language))
    app.include_router(make_cooperation(desk, ledger, language))
    app.mount("/assets", StaticFiles(directory=ASSETS, check_dir=False), name="assets")
    desk.frontier(first_view(study, language).wishes)
    return app
