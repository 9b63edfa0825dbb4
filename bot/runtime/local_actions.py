"""Runs custom actions inside the bot: an action endpoint without a server behind it.

An HTTP action server costs a process and a round trip with the whole tracker for each action.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

import actions
from actions.gateway.calls import observe_calls
from actions.gateway.gateway import close_gateway, current_gateway
from bot.telemetry.metrics import note_call


class LocalActionEndpoint(EndpointConfig):  # type: ignore[misc]
    """The endpoint Rasa posts action calls to; it hands them to the SDK's executor."""

    def __init__(self) -> None:
        super().__init__(url="local", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(actions.__name__)

    async def request(self, method: str = "post", **arguments: Any) -> Any:
        """The result of the action that the body names, as an action server would answer it."""
        try:
            return await self._executor.run(arguments["json"])
        except ActionExecutionRejection as rejection:
            text = json.dumps({"action_name": rejection.action_name, "error": str(rejection)})
            raise ClientResponseError(400, str(rejection), text) from rejection


async def open_actions(*_: Any) -> None:
    """Open what the actions need, so that waiting hand-offs are delivered before the first message comes."""
    observe_calls(note_call)
    current_gateway()


async def close_actions(*_: Any) -> None:
    """Close it."""
    await close_gateway()
