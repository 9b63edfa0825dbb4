"""Makes pages and parts of pages out of templates, in the words of the agent's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from sanic import HTTPResponse, Request
from sanic.response import html

from bot.desk.agents.payloads import Agent, Language, Role
from bot.desk.web import filters
from bot.desk.web.texts import read_texts

TEMPLATES = Path(__file__).parent / "templates"


class Rendering:
    """The templates and texts, read once."""

    def __init__(self, zone: ZoneInfo, templates: Path = TEMPLATES) -> None:
        self.zone = zone
        self.texts = read_texts()
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            clock=lambda moment: filters.clock(moment, zone),
            day=pass_context(lambda context, moment: filters.day(moment, zone, context["t"], context["now"])),
            moment=pass_context(lambda context, moment: filters.moment(moment, zone, context["t"], context["now"])),
            ago=pass_context(lambda context, moment: filters.ago(moment, context["t"], context["now"])),
            mask=filters.mask,
            segment=filters.segment,
        )
        self._environment.globals.update(Role=Role)

    def render(self, template: str, values: dict[str, Any]) -> str:
        """Make the text of a page."""
        return self._environment.get_template(template).render(values)


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTTPResponse:
    """Answer with a page, told who looks at it."""
    return html(_render(request, template, values), status=status)


def fragment(request: Request, template: str, status: int = 200, **values: Any) -> HTTPResponse:
    """Answer with a part of a page, for htmx to put in its place."""
    return html(_render(request, template, values), status=status)


def language_of(request: Request) -> Language:
    """Tell the language of the agent; of somebody unknown, the one he asks for or his browser speaks."""
    agent: Agent | None = getattr(request.ctx, "agent", None)
    if agent is not None:
        return agent.language
    asked = request.args.get("language")
    if asked in [language.value for language in Language]:
        return Language(asked)
    return filters.language_of(request.headers.get("Accept-Language", ""))


def is_htmx(request: Request) -> bool:
    """Whether the answer will be put into a page that is shown already."""
    return bool(request.headers.get("HX-Request") == "true")


def is_stream(request: Request) -> bool:
    """Whether the answer will be news without end."""
    return "text/event-stream" in request.headers.get("Accept", "")


def _render(request: Request, template: str, values: dict[str, Any]) -> str:
    rendering: Rendering = request.app.ctx.rendering
    language = language_of(request)
    shared = {
        "t": rendering.texts[language],
        "language": language.value,
        "agent": getattr(request.ctx, "agent", None),
        "csrf": getattr(request.ctx, "csrf", ""),
        "frame": getattr(request.ctx, "frame", None),
        "path": request.path,
        "now": request.app.ctx.clock(),
    }
    return rendering.render(template, {**shared, **values})
