"""Hangs the pages of the review set into the desk's application."""

from __future__ import annotations

from pathlib import Path

from sanic import Sanic

from bot.desk.agents.payloads import Role
from bot.desk.learning.correction_page import add_correction
from bot.desk.learning.export_page import add_export
from bot.desk.learning.review_set_page import add_review_set
from bot.desk.web.routes import signed_in_routes
from bot.utterances.training_data import TrainingData


def add_learning(app: Sanic) -> None:
    """Add the correction of a line, the review set, and what is given out of it."""
    app.ctx.training_data = TrainingData(Path(app.ctx.settings.data_folder) / "nlu")
    routes = signed_in_routes("learning", Role.LEAD)
    for add in (add_correction, add_review_set, add_export):
        add(routes)
    app.blueprint(routes)
