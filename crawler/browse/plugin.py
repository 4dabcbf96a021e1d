"""The Datasette plugin: search in three scripts, and what the templates of our own pages need."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import quote
from weakref import WeakKeyDictionary

from pluggy import HookimplMarker

from crawler.browse.dossiers import current_id, meeting_dossier, person_dossier
from crawler.browse.overview import overview
from crawler.browse.security import App, guarded
from crawler.browse.wording import FILTERS, TESTS, country, labels, topic
from crawler.feeds.searching import query
from crawler.items import Lang
from crawler.language.detection import detect
from crawler.language.folding import fold

DATABASE: Final = "analysts"
_CHOICES: Final[WeakKeyDictionary[Any, dict[str, dict[str, list[tuple[str, str]]]]]] = WeakKeyDictionary()
hookimpl = HookimplMarker("datasette")


def fold_text(text: str | None) -> str | None:
    """Return the skeleton of a name for SQL: of the language its letters tell, else of English."""
    if text is None:
        return None
    lang: Lang = detect(str(text)) or "en"
    return fold(str(text), lang)


@hookimpl(trylast=True)  # after Datasette's own escape_fts, which knows one script
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Make ``fold(text)`` and ``search(text)`` known to SQL, and let Datasette's search boxes use the latter."""
    conn.create_function("fold", 1, fold_text, deterministic=True)
    conn.create_function("search", 1, lambda text: query(str(text or "")), deterministic=True)
    conn.create_function("escape_fts", 1, lambda text: query(str(text or "")), deterministic=True)


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Make the wording of the pages known to the templates."""
    env.filters.update(FILTERS)
    env.tests.update(TESTS)
    env.globals["labels"] = labels


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Awaitable[Any]]]]:
    """Return the pages beside Datasette's: the overview, and a meeting under any id it ever had."""
    return [
        (r"^/$", _overview_page),
        (r"^/meetings/(?P<id>[^/]+)$", _meeting_by_id),
        # Pages for those who develop or administer Datasette.
        (r"^/-/(?:patterns|allow-debug|permissions|messages|logout|auth-token|actor|threads)(?:\.json)?$", _closed),
    ]


@hookimpl
def extra_template_vars(
    database: str | None, table: str | None, view_name: str, request: Any, datasette: Any
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """Give the pages of meetings and people what Datasette's own views do not read."""

    async def read() -> dict[str, Any]:
        known: dict[str, Any] = {"query_string": request.query_string if request else ""}
        if database != DATABASE:
            return known
        source = datasette.get_database(DATABASE)
        if view_name == "row":
            id_ = _last_part(request)
            if table == "meetings":
                known["dossier"] = await meeting_dossier(source, id_)
            elif table == "persons":
                known["dossier"] = await person_dossier(source, id_)
        elif view_name == "table" and table in {"meetings", "persons"}:
            known["choices"] = await _choices(source, table)
            person = "SELECT id, name FROM persons WHERE id = :id"
            known["person"] = (await source.execute(person, {"id": request.args.get("_person")})).first()
            known["chosen"] = {name: request.args.get(name) for name in request.args}
        return known

    return read


@hookimpl
def filters_from_request(request: Any, database: str, table: str) -> Any:
    """Let ``_person=<id>`` choose the meetings of a person, in the list as in its JSON and CSV."""
    from datasette.filters import FilterArguments  # noqa: PLC0415 - optional

    person = request.args.get("_person")
    if database != DATABASE or table != "meetings" or not person:
        return None
    return FilterArguments(
        ["id IN (SELECT meeting FROM participants WHERE person = :person)"], params={"person": person}
    )


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Guard every answer (crawler.browse.security)."""
    loopback = bool(datasette.metadata("loopback"))
    return lambda app: guarded(app, loopback=loopback)


async def _overview_page(datasette: Any, request: Any) -> Any:
    first, last = (_year(request.args.get(name)) for name in ("from", "to"))
    found = await overview(datasette.get_database(DATABASE), first, last)
    page = await datasette.render_template("overview.html", {"overview": found}, request=request, view_name="overview")
    return _response(page, content_type="text/html; charset=utf-8")


async def _meeting_by_id(datasette: Any, request: Any) -> Any:
    id_ = request.url_vars["id"]
    found = await current_id(datasette.get_database(DATABASE), id_)
    if found is None:
        from datasette.utils.asgi import NotFound  # noqa: PLC0415 - optional

        raise NotFound("There is no meeting of that id.")
    return _response("", status=302, headers={"location": f"/{DATABASE}/meetings/{quote(found)}"})


async def _closed() -> Any:
    return _response("Not here.", status=404)


def _response(body: str, **options: Any) -> Any:
    from datasette.utils.asgi import Response  # noqa: PLC0415 - optional

    return Response(body, **options)


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) == len("2026") else None


def _last_part(request: Any) -> str:
    from datasette.utils import tilde_decode  # noqa: PLC0415 - optional

    return str(tilde_decode(request.url_vars["pks"]))


async def _choices(database: Any, table: str) -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen in the form above a list, as pairs of code and name; read once of a database."""
    known = _CHOICES.setdefault(database, {})
    if table not in known:
        known[table] = await _read_choices(database, table)
    return known[table]


async def _read_choices(database: Any, table: str) -> dict[str, list[tuple[str, str]]]:

    async def codes(sql: str) -> list[str]:
        return [row[0] for row in await database.execute(sql)]

    if table == "persons":
        found = await codes("SELECT DISTINCT country FROM persons WHERE country IS NOT NULL")
        return {"country": sorted(((code, country(code)) for code in found), key=lambda pair: pair[1])}
    parties = await codes("SELECT DISTINCT code FROM parties WHERE is_organization = 0 AND code <> 'AZ'")
    organizations = await codes("SELECT DISTINCT code FROM parties WHERE is_organization = 1")
    topics = await codes("SELECT DISTINCT topic FROM topics")
    outlets = await codes("SELECT DISTINCT outlet FROM sources ORDER BY outlet")
    return {
        "countries": sorted(((code, country(code)) for code in parties), key=lambda pair: pair[1]),
        "organizations": sorted(((code, country(code)) for code in organizations), key=lambda pair: pair[1]),
        "topics": sorted(((code, topic(code)) for code in topics), key=lambda pair: pair[1]),
        "outlets": [(outlet, outlet) for outlet in outlets],
        "langs": list(labels("lang").items()),
        "kind": list(labels("kind").items()),
        "status": list(labels("status").items()),
    }
