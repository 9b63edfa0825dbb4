"""The wallet from its user's side, over the wallet's HTTP API, with what the development endpoints add."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.stack.web import WebAnswer, call

NEW_PASSWORD = "a quite new password 2026"
_REISSUED_FOR_YEARS = 5  # as in wallet/demo/scenarios.yml


@dataclass
class WalletUser:
    """A fresh user in the state of a demo user."""

    url: str
    support_token: str
    user_id: str
    password: str
    _access: str | None = field(default=None, repr=False)

    @classmethod
    def fresh(cls, url: str, support_token: str, scenario: str) -> WalletUser:
        """Make one."""
        made = call("POST", f"{url}/v1/dev/demo-users", {"scenario": scenario}).expect(201)
        return cls(url, support_token, made["user_id"], made["password"])

    def sign_in(self, password: str | None = None) -> WebAnswer:
        """Try to sign in."""
        body = {"login": self.user_id, "password": password or self.password, "device": "phone"}
        answer = call("POST", f"{self.url}/v1/sessions", body)
        if answer.status == 201:
            self._access = answer.body["access_token"]
        return answer

    def as_user_or_refused(self, method: str, path: str, body: Any = None) -> WebAnswer:
        """The answer to the user, who signs in first if he has not; each movement under a key of its own."""
        if self._access is None:
            self.sign_in().expect(201)
        headers = {"Idempotency-Key": secrets.token_hex(8)}
        return call(method, f"{self.url}{path}", body, token=self._access, headers=headers)

    def as_user(self, method: str, path: str, body: Any = None) -> Any:
        """What the user gets, who is not refused."""
        answer = self.as_user_or_refused(method, path, body)
        assert answer.status < 300, f"{method} {path}: {answer}"
        return answer.body

    def as_support(self, path: str) -> Any:
        """What the support line sees of the user."""
        headers = {"X-On-Behalf-Of": self.user_id}
        return call("GET", f"{self.url}/v1/support{path}", token=self.support_token, headers=headers).expect(200)

    def of_me(self, path: str) -> Any:
        """The same below the user's own path."""
        return self.as_support(f"/users/{self.user_id}{path}")

    def freeze_card(self, card_id: str) -> None:
        """Have the support line stop a card."""
        path = f"/v1/support/users/{self.user_id}/cards/{card_id}/freeze"
        headers = {"X-On-Behalf-Of": self.user_id}
        call("POST", f"{self.url}{path}", {}, token=self.support_token, headers=headers).expect(200)

    def pay(self, amount: str, merchant: str, card: bool = False) -> Any:
        """Pay from the balance, or with the first card."""
        body = {"amount": cny(amount), "merchant": merchant, "card_id": self.card()["id"] if card else None}
        return self.as_user("POST", "/v1/payments", body)

    def top_up(self, amount: str, channel: str, card: bool = False) -> Any:
        """Add money, with the first card if the channel takes one."""
        body = {"amount": cny(amount), "channel": channel, "card_id": self.card()["id"] if card else None}
        return self.as_user("POST", "/v1/topups", body)

    def send(self, amount: str, recipient: str) -> Any:
        """Send money to another user, by his phone, e-mail or name."""
        return self.as_user("POST", "/v1/transfers", {"amount": cny(amount), "recipient": recipient})

    def withdraw(self, amount: str) -> Any:
        """Take money out to a debit card; no other takes it."""
        card = next(card for card in self.of_me("/cards")["items"] if card["kind"] == "debit")
        return self.as_user("POST", "/v1/withdrawals", {"amount": cny(amount), "card_id": card["id"]})

    def ask_refund(self, reason: str) -> Any:
        """Ask all of the newest payment back."""
        payment = next(item for item in self.of_me("/payments")["items"] if item["status"] == "succeeded")
        return self.as_user("POST", f"/v1/payments/{payment['id']}/refunds", {"reason": reason})

    def answer_refund(self, rejection: str | None = None) -> Any:
        """Have the merchant of the newest refund answer it."""
        refund = self.of_me("/refunds")["items"][0]
        body = {"refund_id": refund["id"], "rejection": rejection}
        return call("POST", f"{self.url}/v1/dev/refund-decisions", body).expect(200)

    def card(self) -> Any:
        """The first card."""
        return self.of_me("/cards")["items"][0]

    def set_limits(self, **limits: str) -> Any:
        """Choose limits per payment or per day, with the password as far ones need it."""
        chosen = {name: cny(amount) for name, amount in limits.items()}
        return self.as_user("PUT", "/v1/limits", {**chosen, "password": self.password})

    def prove_identity(self) -> Any:
        """Show papers that the register knows as the user's."""
        papers = call("POST", f"{self.url}/v1/dev/papers", {"user_id": self.user_id}).expect(201)
        proof = {"level": 2, "name": papers["name"], "id_number": papers["id_number"]}
        return self.as_user("POST", "/v1/identity", proof)

    def update_card(self) -> Any:
        """Put the date of the re-issued card on file."""
        card = self.card()
        year, month, _ = card["expires"].split("-")
        return self.as_user(
            "PATCH", f"/v1/cards/{card['id']}", {"expires": f"{int(year) + _REISSUED_FOR_YEARS}-{month}"}
        )

    def settle_unknown(self, code: str) -> Any:
        """Have the issuer know the result of the newest unsettled payment, and the app ask for it."""
        payment = next(item for item in self.of_me("/payments")["items"] if item["status"] in ("unknown", "pending"))
        call("POST", f"{self.url}/v1/dev/issuer-results", {"order_id": payment["id"], "code": code}).expect(200)
        return self.as_user("POST", f"/v1/payments/{payment['id']}/query", {})

    def settle_withdrawal(self, code: str) -> None:
        """Have the bank know what became of the newest withdrawal; the app has not asked yet."""
        order = self.as_user("GET", "/v1/withdrawals")["items"][0]["id"]
        call("POST", f"{self.url}/v1/dev/issuer-results", {"order_id": order, "code": code}).expect(200)

    def ask_for_reset(self) -> None:
        """Have a link to set a new password sent."""
        call("POST", f"{self.url}/v1/password-resets", {"login": self.user_id}).expect(202)

    @property
    def email(self) -> str:
        """The address he is registered with."""
        return f"{self.user_id}@example.com"

    def mail_of(self, kind: str) -> Any:
        """The newest message of a kind in his mailbox."""
        messages = call("GET", f"{self.url}/v1/dev/outbox?user_id={self.user_id}").expect(200)["items"]
        return next(message for message in messages if message["kind"] == kind)

    def confirm_channel_link(self, number: str) -> None:
        """Open the newest link for a messaging channel and type the number of the conversation."""
        token = parse_qs(urlsplit(self.mail_of("channel_link")["link"]).query)["token"][0]
        form = urlencode({"token": token, "number": number}).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        call("POST", f"{self.url}/link-channel", form, headers=headers).expect(200)

    def use_reset_link(self) -> None:
        """Open the newest link of the mailbox and set a new password."""
        messages = call("GET", f"{self.url}/v1/dev/outbox?user_id={self.user_id}").expect(200)["items"]
        link = next(message["link"] for message in messages if message["link"])
        token = parse_qs(urlsplit(link).query)["token"][0]
        body = {"token": token, "new_password": NEW_PASSWORD}
        call("POST", f"{self.url}/v1/password-resets/confirm", body).expect(200)
        self.password = NEW_PASSWORD


def cny(amount: str) -> dict[str, Any]:
    """An amount of yuan on the wire."""
    yuan, _, fen = amount.partition(".")
    return {"minor": int(yuan) * 100 + int((fen + "00")[:2]), "currency": "CNY"}
