"""A user's authenticator app, and signing in with it."""

from __future__ import annotations

from dataclasses import dataclass

import pyotp

from tests.integration.wallet.house import PASSWORD, Answer, House, SignedIn


@dataclass(frozen=True)
class Authenticator:
    """Shows the codes of one secret."""

    house: House
    secret: str

    def code(self, steps: int = 0) -> str:
        """The code of now, or of so many steps later."""
        return pyotp.TOTP(self.secret).at(int(self.house.clock().timestamp()) + 30 * steps)

    def wrong_code(self) -> str:
        """Six digits that are the code of no step near now."""
        near = {self.code(steps) for steps in range(-3, 4)}
        return next(
            code
            for code in ("000000", "111111", "222222", "333333", "444444", "555555", "666666", "777777")
            if code not in near
        )

    def next_code(self) -> str:
        """The code of the step after this one, once it has come."""
        self.house.clock.advance(seconds=30)
        return self.code()


async def switch_on(user: SignedIn) -> tuple[Authenticator, list[str]]:
    """Switch two-factor sign-in on; the app and the recovery codes."""
    begun = await user.post("/v1/two-factor", {"password": PASSWORD})
    assert begun.status == 201, begun.text
    app = Authenticator(user.house, begun.body["secret"])
    confirmed = await user.put("/v1/two-factor", {"code": app.code()})
    assert confirmed.status == 200, confirmed.text
    return app, confirmed.body["recovery_codes"]


async def begin(house: House, user_id: str, device: str = "手机", device_token: str | None = None) -> Answer:
    """The first step of signing in."""
    body = {"login": user_id, "password": PASSWORD, "device": device, "device_token": device_token}
    return await house.call("POST", "/v1/sessions", json=body)


async def finish(house: House, challenge: str, code: str, remember: bool = False) -> Answer:
    """The second step."""
    body = {"challenge": challenge, "code": code, "remember_device": remember}
    return await house.call("POST", "/v1/sessions/second-factor", json=body)


async def sign_in_with(app: Authenticator, user_id: str, device: str = "手机", remember: bool = False) -> Answer:
    """Both steps, with the code of the next step."""
    code = app.next_code()
    challenge = (await begin(app.house, user_id, device)).body["challenge"]
    return await finish(app.house, challenge, code, remember)
