"""Templates to bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.replica.exchange import Reply
from tests.replica.posts import Post

_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def _json_for_script(value: object) -> Markup:
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))


_ENVIRONMENT.filters["ld"] = _json_for_script


def render(template: str, **context: Any) -> bytes:
    """Render ``templates/<template>`` as UTF-8."""
    return _ENVIRONMENT.get_template(template).render(**context).encode()


def sitemap(posts: Iterable[Post]) -> Reply:
    """Return a plain sitemap (sitemaps.org, 0.9)."""
    return Reply(body=render("sitemap.xml", posts=posts), content_type="application/xml")
