"""login_failure: the walkthrough of a user who cannot sign in."""

from __future__ import annotations

from actions.diagnosis.finding import Finding
from actions.diagnosis.login import LOCKED, diagnose_login, success_after, unlocked
from actions.dialogue.outcome import Check
from actions.dialogue.troubleshooting import Troubleshooting
from actions.dialogue.turn import Turn
from actions.dialogue.walkthrough import Walkthrough
from actions.gateway.wallet_client import WalletClient
from actions.topics.troubleshooting import StartAction, register


class LoginFailure(Troubleshooting):
    """The account's sign-in state and its latest attempts."""

    topic = "login_failure"
    name = "login"

    async def diagnose(self, turn: Turn, wallet: WalletClient, user_id: str) -> list[Finding]:
        """The finding that explains the failure best."""
        return diagnose_login(await wallet.login_state(user_id), turn.now)

    async def check(self, turn: Turn, wallet: WalletClient, user_id: str, walkthrough: Walkthrough) -> Check:
        """A sign-in that worked since the walkthrough began, or another reason why it does not."""
        state = await wallet.login_state(user_id)
        success = success_after(state, walkthrough.started_at)
        if success:
            return Check(seen={"at": success.at, "device": success.device})
        found = next(iter(diagnose_login(state, turn.now)), None)
        known = walkthrough.finding
        since = max([walkthrough.started_at, *(earlier.at for earlier in walkthrough.findings if earlier.at)])
        if found and found.at and found.at > since:
            return Check(failed_again=found)
        if known and known.cause == LOCKED and (found is None or found.cause != LOCKED):
            return Check(failed_again=unlocked(known))
        return Check()


class ActionStartLogin(StartAction):
    """Starts the walkthrough of a failed sign-in."""

    troubleshooting = register(LoginFailure())

    def name(self) -> str:
        """The action's name in domain.yml."""
        return "action_start_login"
