"""The description of the desk's HTTP at /docs."""

from __future__ import annotations

from pathlib import Path

import yaml
from sanic import Sanic
from sanic_ext import Config, Extend, openapi
from sanic_ext.extensions.openapi.builders import SpecificationBuilder
from sanic_ext.extensions.openapi.extension import OpenAPIExtension

DESCRIPTION = Path(__file__).with_suffix(".yml")


def set_up_openapi(app: Sanic) -> None:
    """Serve what openapi.yml says of the routes so far, as a page and as JSON."""
    for route in app.router.routes:
        # The file describes them all; what would be guessed from the code must not take its place.
        openapi.exclude()(route.handler)
    # The framework has one description for a whole program; in a test there may be the wallet's as well.
    SpecificationBuilder.reset()
    config = Config(oas_ui_redoc=False, oas_ui_default="swagger")
    extension = Extend(app, extensions=[OpenAPIExtension], built_in_extensions=False, config=config)
    extension.openapi.raw(yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8")))
