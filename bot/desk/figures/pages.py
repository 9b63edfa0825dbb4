"""Hangs the figures into the desk's application: pages for leads, and an address for other programs."""

from __future__ import annotations

from sanic import Sanic

from bot.desk.agents.payloads import Role
from bot.desk.figures.api import figures_blueprint
from bot.desk.figures.dashboard_page import add_dashboard
from bot.desk.figures.feedback_page import add_feedback
from bot.desk.figures.kept import Kept
from bot.desk.figures.weeks import Weeks
from bot.desk.web.routes import signed_in_routes


def add_figures(app: Sanic) -> None:
    """Add the dashboard, the feedback and /v1/figures."""
    app.ctx.readings, app.ctx.weeks = Kept(), Weeks()
    routes = signed_in_routes("figures", Role.LEAD)
    add_dashboard(routes)
    add_feedback(routes)
    app.blueprint(routes)
    app.blueprint(figures_blueprint())
