"""Contacts with their middle hidden: enough for the owner to recognise, not enough for anyone else to use."""

from __future__ import annotations


def mask_login(login: str) -> str:
    """What someone typed to name an account, masked after its kind: an e-mail, a phone, or a name in the wallet."""
    if "@" in login:
        return mask_email(login)
    if login.lstrip("+").isdecimal():
        return mask_phone(login)
    return login[0] + "***" + (login[-1] if len(login) > 2 else "")


def mask_email(email: str) -> str:
    """``chen@example.com`` becomes ``c***n@example.com``."""
    name, _, host = email.partition("@")
    shown = name[:1] + "***" + (name[-1] if len(name) > 2 else "")
    return f"{shown}@{host}"


def mask_phone(phone: str) -> str:
    """``13800000001`` becomes ``138****0001``."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 8 else f"****{phone[-2:]}"
