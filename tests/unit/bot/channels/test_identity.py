"""Who is speaking is proved by a token or not at all."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import jwt
import pytest

from bot.channels.identity import (
    USER_TOKEN_AUDIENCE,
    IdentityError,
    Session,
    make_session_token,
    make_user_token,
    new_session,
    session_of_token,
    session_to_renew,
    user_of_token,
)

SECRET, OTHER_SECRET = "s" * 64, "o" * 64
SESSION = Session("terminal-1", "chen")
WRITER = Session("terminal-4", None, writer="writer-1")


def host_token(secret: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    """A host application's token; a change to None leaves the claim out."""
    claims = {"sub": "chen", "aud": USER_TOKEN_AUDIENCE, "exp": int(time.time()) + 600, **changes}
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, secret, algorithm)


def unsigned(**header: str) -> str:
    """A token whose header says that it needs no signature."""

    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {"sub": "chen", "aud": USER_TOKEN_AUDIENCE, "exp": int(time.time()) + 600}
    return f"{part({'typ': 'JWT', 'alg': 'none', **header})}.{part(claims)}."


def test_a_token_of_the_host_names_the_user() -> None:
    assert user_of_token(host_token(), SECRET) == "chen"
    assert user_of_token(make_user_token("li", SECRET), SECRET) == "li"


@pytest.mark.parametrize(
    "token",
    [
        host_token(secret=OTHER_SECRET),
        host_token(algorithm="HS512"),
        host_token(exp=int(time.time()) - 600),
        host_token(exp=None),
        host_token(sub=None),
        host_token(aud=None),
        host_token(aud="another application"),
        host_token(nbf=int(time.time()) + 600),
        host_token()[:-2],
        host_token().replace(".", "", 1),
        unsigned(),
        unsigned(alg="None"),
        unsigned(alg="NONE"),
        unsigned(alg="HS256"),
        make_session_token(SESSION, SECRET).token,
        "",
        "chen",
        "a.b.c",
        "\ud800",
        "é.é.é",
        "." * 2000,
    ],
    ids=str.split(
        "secret algorithm expired no-end no-user no-audience audience too-early cut no-dot unsigned None NONE HS256 "
        "session empty name dots half-a-pair accents long"
    ),
)
def test_a_token_that_proves_nothing_is_refused(token: str) -> None:
    with pytest.raises(IdentityError):
        user_of_token(token, SECRET)


def test_a_clock_that_is_a_little_off_does_not_matter() -> None:
    assert user_of_token(host_token(exp=int(time.time()) - 5), SECRET) == "chen"


def test_a_changed_claim_breaks_the_signature() -> None:
    header, _, signature = host_token().split(".")
    _, forged, _ = host_token(sub="li").split(".")

    with pytest.raises(IdentityError):
        user_of_token(f"{header}.{forged}.{signature}", SECRET)


@pytest.mark.parametrize("session", [SESSION, Session("terminal-2", None), Session("widget-3", "li", "en"), WRITER])
def test_a_session_comes_back_from_its_token(session: Session) -> None:
    signed = make_session_token(session, SECRET)

    assert session_of_token(signed.token, SECRET) == (session, signed.expires_at)


def test_a_writer_goes_on_with_his_own_conversation_alone() -> None:
    token = make_session_token(WRITER, SECRET).token

    assert session_to_renew(token, None, SECRET, "writer-1") == WRITER
    assert [session_to_renew(token, None, SECRET, each) for each in ("writer-2", None)] == [None, None]
    assert session_to_renew(token, "chen", SECRET) is None


def test_who_writes_travels_with_each_message_beside_who_is_known() -> None:
    assert WRITER.as_metadata() == {"identity": {"user_id": None, "writer": "writer-1"}}
    assert SESSION.as_metadata() == {"identity": {"user_id": SESSION.user_id}}


def expired(session: Session, days: int) -> str:
    """A session's token that ended some days ago."""
    claims = jwt.decode(make_session_token(session, SECRET).token, options={"verify_signature": False})
    return jwt.encode({**claims, "exp": int(time.time()) - days * 86_400}, SECRET, "HS256")


def test_a_user_takes_up_his_conversation_again_days_later() -> None:
    assert session_to_renew(expired(SESSION, 20), "chen", SECRET) == SESSION


@pytest.mark.parametrize("user_id", ["li", None])
def test_nobody_else_takes_it_up(user_id: str | None) -> None:
    token = make_session_token(SESSION, SECRET).token

    assert session_to_renew(token, user_id, SECRET) is None


def test_a_user_who_signs_in_does_not_take_up_what_was_said_as_a_guest() -> None:
    token = make_session_token(Session("widget-2", None), SECRET).token

    assert session_to_renew(token, "chen", SECRET) is None
    assert session_to_renew(token, None, SECRET) == Session("widget-2", None)


@pytest.mark.parametrize(("session", "days"), [(Session("widget-2", None), 1), (SESSION, 31)])
def test_what_expired_too_long_ago_is_over(session: Session, days: int) -> None:
    with pytest.raises(IdentityError):
        session_to_renew(expired(session, days), session.user_id, SECRET)


@pytest.mark.parametrize(
    "token",
    [
        make_session_token(SESSION, OTHER_SECRET).token,
        host_token(),
        make_user_token("chen", SECRET),
        unsigned(),
        "\ud800",
    ],
    ids=["secret", "host", "user", "unsigned", "half-a-pair"],
)
def test_what_is_no_session_token_opens_no_conversation(token: str) -> None:
    with pytest.raises(IdentityError):
        session_of_token(token, SECRET)


def test_conversations_cannot_be_guessed() -> None:
    ids = {new_session("terminal", None).conversation_id for _ in range(100)}

    assert len(ids) == 100
    assert min(map(len, ids)) >= len("terminal-") + 20


def test_the_metadata_of_a_message_say_who_speaks_and_nothing_else() -> None:
    assert SESSION.as_metadata() == {"identity": {"user_id": "chen"}}
