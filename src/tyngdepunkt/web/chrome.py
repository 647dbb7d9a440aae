"""What stands around every answer: security headers, the assets, and the one shape of an error."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from tyngdepunkt.errors import QuestionError, SourceError, StudyError, TyngdepunktError
from tyngdepunkt.shapes.values import plain
from tyngdepunkt.texts.wording import later

if TYPE_CHECKING:
    from tyngdepunkt.web.view import Complaint

__all__ = [
    "ASSETS",
    "MISSING_ASSETS",
    "add_error_shape",
    "add_headers",
    "assets_are_built",
    "complaint_response",
    "error_body",
]

ASSETS = Path(__file__).parent / "assets"
"""Where the bundled scripts and styles lie."""

MISSING_ASSETS = later(
    "The map and the styling of the workbench have not been built, since npm could not be reached when tyngdepunkt "
    "was installed. Install it again with access to npm (pip install -e . from the source folder), or install a built "
    "wheel."
)
"""What is missing where the assets are not there, and how to mend it."""

_NEEDED = ("workbench.js", "workbench.css", "sheets.js", "maplibre-gl-worker.mjs", "icon.svg")

_POLICY = "; ".join(  # noqa: FLY002 - one directive a line
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_ASK = "See /api and the reference of its data for what is asked for."
"""What mends a request that cannot be read."""

_log = logging.getLogger(__name__)


def assets_are_built() -> bool:
    """Return whether every script and style of the page is there."""
    return all((ASSETS / name).is_file() for name in _NEEDED)


def add_headers(app: FastAPI) -> None:
    """
    Give every answer the headers that keep the page to itself.

    Parameters
    ----------
    app
        The application.
    """

    @app.middleware("http")
    async def add(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await answer(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        asset = request.url.path.startswith("/assets/")
        response.headers.setdefault("Cache-Control", "public, max-age=31536000, immutable" if asset else "no-store")
        return response


def error_body(message: str, field: str = "", mend: str = "", others: Sequence[Complaint] = ()) -> dict[str, object]:
    """
    Return the one JSON shape of an error.

    Parameters
    ----------
    message
        What is wrong.
    field
        The parameter that it is about; empty for none.
    mend
        What would put it right; empty where nothing the reader does would.
    others
        What else is wrong.

    Returns
    -------
    ``{"error": {"message", "field", "mend", "others"}}``, the last a list of the same three.
    """
    more = [{"message": each.message, "field": each.field, "mend": each.mend} for each in others]
    return {"error": {"message": message, "field": field or None, "mend": mend, "others": more}}


def complaint_response(complaints: Sequence[Complaint]) -> JSONResponse:
    """
    Return everything that is wrong with a query as one error.

    Parameters
    ----------
    complaints
        At least one.

    Returns
    -------
    A response with status 422.
    """
    first, *others = complaints
    return JSONResponse(error_body(first.message, first.field, first.mend, others), status_code=422)


def to_json(value: object, *, status: int = 200) -> JSONResponse:
    """
    Return an answer as JSON.

    Parameters
    ----------
    value
        As `tyngdepunkt.shapes` shapes it.
    status
        Of the response.

    Returns
    -------
    The response; what is endless or no number becomes None.
    """
    return JSONResponse(plain(value), status_code=status)


def add_error_shape(app: FastAPI) -> None:
    """
    Give every error the same JSON shape.

    Parameters
    ----------
    app
        The application.
    """

    @app.exception_handler(HTTPException)
    async def refuse(_request: Request, error: HTTPException) -> JSONResponse:
        mend = "See /api for what there is." if error.status_code == 404 else ""  # noqa: PLR2004 - not found
        return JSONResponse(error_body(str(error.detail), mend=mend), status_code=error.status_code)

    @app.exception_handler(RequestValidationError)
    async def reject(_request: Request, error: RequestValidationError) -> JSONResponse:
        from tyngdepunkt.web.view import Complaint

        fields = list(dict.fromkeys(str(each["loc"][-1]) for each in error.errors()))
        first, *others = (Complaint(each, f"{each} is missing, or is not what is asked for.", _ASK) for each in fields)
        return JSONResponse(error_body(first.message, first.field, first.mend, others), status_code=422)

    @app.exception_handler(TyngdepunktError)
    async def explain(_request: Request, error: TyngdepunktError) -> JSONResponse:
        status = (
            422 if isinstance(error, QuestionError) else 503 if isinstance(error, SourceError | StudyError) else 500
        )
        return JSONResponse(error_body(str(error)), status_code=status)

    @app.exception_handler(Exception)
    async def admit(_request: Request, error: Exception) -> JSONResponse:
        _log.exception("The workbench failed", exc_info=error)
        body = error_body("Something went wrong in the program itself. The log of the server has the details.")
        return JSONResponse(body, status_code=500, headers=_HEADERS)  # answered outside the middleware
