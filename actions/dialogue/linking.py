"""Finds out who writes on a messaging channel: asks for his login, has a link sent, looks whether he confirmed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions.dialogue import slots
from actions.dialogue.channel_link import KnownLink
from actions.dialogue.outcome import Outcome
from actions.dialogue.troubleshooting import GIVE_LOGIN, PRESS_LINK, Troubleshooting
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Source, Walkthrough
from actions.gateway.errors import GatewayError, Refused
from actions.gateway.wallet_client import WalletClient
from wallet.contract.channel_links import ChannelLinkState

# How long a confirmed writer is known; the user is told when it ends.
KNOWN_FOR = timedelta(hours=24)
LOGIN_GIVEN = "login"
# "No" to "have you confirmed it?" is "not yet"; that he does not want to says a button, see NO_LOGIN.
WITHOUT_ACCOUNT = "without_account"
_UNKNOWN, _TOO_OFTEN = 404, 429


async def look_whether_confirmed(turn: Turn, wallet: WalletClient) -> ChannelLinkState:
    """Where the link of the writer stands; once he has confirmed it he is known from here on. Raises GatewayError."""
    speaker, link = turn.speaker, KnownLink.from_slot(turn.tracker.get_slot(slots.CHANNEL_LINK))
    if link is None or not link.is_awaited(speaker.channel, speaker.writer, turn.now):
        return ChannelLinkState.EXPIRED
    try:
        found = await wallet.channel_link(link.id)
    except Refused as refusal:
        if refusal.status == _UNKNOWN:
            return ChannelLinkState.EXPIRED
        raise
    if (found.channel, found.channel_user) != (speaker.channel, speaker.writer):
        return ChannelLinkState.EXPIRED  # what somebody else has confirmed proves nothing of this one
    if found.state is ChannelLinkState.CONFIRMED and found.user_id:
        until = turn.now + KNOWN_FOR
        turn.remember(slots.CHANNEL_LINK, replace(link, user_id=found.user_id, known_until=until).to_slot())
        turn.say("utter_link_confirmed", until=until)
    return found.state


class Linking:
    """The answers of one turn while it is being found out who writes."""

    def __init__(self, topic: Troubleshooting, turn: Turn, wallet: WalletClient) -> None:
        self._topic = topic
        self._turn = turn
        self._wallet = wallet

    async def take(self, walkthrough: Walkthrough, result: str) -> Walkthrough:
        """Take an answer: a login, that he has confirmed, or that he does not want to."""
        if self._turn.speaker.is_verified:
            return await self.go_on(walkthrough)
        if result == LOGIN_GIVEN and self._turn.login:
            return await self._send_link(walkthrough, self._turn.login)
        if result == WITHOUT_ACCOUNT or (result == "no" and walkthrough.linking == GIVE_LOGIN):
            return self._without_account(
                walkthrough.record(str(walkthrough.linking), "declined", self._turn.now), Source.GUEST
            )
        if walkthrough.linking == PRESS_LINK:
            return await self._look(walkthrough, result)
        return walkthrough

    async def go_on(self, walkthrough: Walkthrough) -> Walkthrough:
        """The diagnosis of what the user came with, by his account."""
        turn = self._turn.as_said(walkthrough.said) if walkthrough.said else self._turn
        found = await self._topic.start(turn, self._wallet)
        return replace(found, started_at=walkthrough.started_at, tried=walkthrough.tried)

    async def _send_link(self, walkthrough: Walkthrough, login: str) -> Walkthrough:
        speaker = self._turn.speaker
        try:
            asked = await self._wallet.ask_channel_link(login, speaker.channel, str(speaker.writer))
        except Refused as refusal:
            if refusal.status == _TOO_OFTEN:
                self._turn.say("utter_link_too_often")
                return walkthrough  # what was asked stays: in a while he may, and a link that is out still counts
            return self._without_account(walkthrough.record(GIVE_LOGIN, "failed", self._turn.now), Source.GUEST)
        except GatewayError:
            return self._without_account(walkthrough.record(GIVE_LOGIN, "away", self._turn.now), Source.AWAY)
        link = KnownLink(asked.id, speaker.channel, str(speaker.writer), asked.expires_at)
        self._turn.remember(slots.CHANNEL_LINK, link.to_slot())
        minutes = round((asked.expires_at - self._turn.now).total_seconds() / 60)
        self._turn.say("utter_link_sent", number=asked.number, minutes=minutes)
        return replace(walkthrough.record(GIVE_LOGIN, "sent", self._turn.now), linking=PRESS_LINK)

    async def _look(self, walkthrough: Walkthrough, result: str) -> Walkthrough:
        try:
            state = await look_whether_confirmed(self._turn, self._wallet)
        except GatewayError:
            self._turn.say("utter_cannot_look")
            return walkthrough
        if self._turn.speaker.is_verified:
            return await self.go_on(walkthrough)
        if state is ChannelLinkState.EXPIRED:
            self._turn.say("utter_link_expired")
            return replace(walkthrough.record(PRESS_LINK, "failed", self._turn.now), linking=GIVE_LOGIN)
        if result == "failed":
            return replace(walkthrough, linking=GIVE_LOGIN)
        self._turn.say("utter_link_not_yet")
        return walkthrough

    def _without_account(self, walkthrough: Walkthrough, source: Source) -> Walkthrough:
        checklist = self._topic.by_checklist(self._turn, source)
        # He may confirm later on; then what he came with is what is looked for.
        return replace(checklist, started_at=walkthrough.started_at, tried=walkthrough.tried, said=walkthrough.said)


def outcome_of(topic: Troubleshooting, walkthrough: Walkthrough) -> Outcome | None:
    """None while there is a step to take; a cause without a fix is for people."""
    return None if topic.step_of(walkthrough) else Outcome.FOR_PEOPLE
