"""Picks the response to utter: the only one that fits is taken without drawing lots.

Rasa 3.6 hands its choice to numpy, which makes an array of the responses first: 0.1 ms each, for the one there is.
Named in endpoints.yml.
"""

from __future__ import annotations

import random
from typing import Any

from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import EndpointConfig


class FittingResponses(TemplatedNaturalLanguageGenerator):  # type: ignore[misc]
    """Rasa's responses of the domain; of several that fit any."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        super().__init__(domain.responses)

    def _random_response_for(
        self, utter_action: str, output_channel: str, filled_slots: dict[str, Any]
    ) -> dict[str, Any] | None:
        if utter_action not in self.responses:
            return None
        fitting = ResponseVariationFilter(self.responses).responses_for_utter_action(
            utter_action, output_channel, filled_slots
        )
        return random.choice(fitting) if fitting else None  # noqa: S311 - nothing hangs on it
