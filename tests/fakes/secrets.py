"""Made-up secrets in sentences of users, the same ones for the same seed."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass

_SENTENCES = {
    "card": (
        "我的卡号是{}，充值失败",
        "用{}付款被拒了",
        "卡号：{}",
        "{} 这张卡绑不上",
        "my card number is {}",
        "card {} was declined",
        "I paid with {} and it failed",
        "please look at {}",
    ),
    "id_number": (
        "我的身份证号是{}",
        "身份证{}认证不过",
        "实名用的{}，一直失败",
        "my id number is {}",
        "ID card {} is refused",
        "verification with {} fails",
    ),
    "code": (
        "验证码是{}",
        "收到验证码{}，填了没用",
        "我输了{}这个验证码",
        "短信码：{}",
        "my code is {}",
        "{} is the code",
        "the code I got was {}",
        "OTP {} expired",
        "my PIN is {}",
    ),
    "password": (
        "密码是{}",
        "登录密码：{}",
        "我把密码改成了{}",
        "密码是{}，登不上",
        "my password is {}",
        "password: {}",
        "changed my password to {}",
        "my password is {} and it is refused",
    ),
}
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_PREFIXES = ("4", "51", "55", "34", "37", "62", "6222", "6217", "6011", "35")


@dataclass(frozen=True)
class Typed:
    """What a user typed, and the secret in it."""

    sentence: str
    secret: str
    kind: str

    @property
    def traces(self) -> tuple[str, ...]:
        """Forms of the secret that nothing may keep."""
        plain = self.secret.translate({full: half for half, full in _FULL_WIDTH.items()})
        bare = "".join(char for char in plain if char not in " -")
        return tuple(dict.fromkeys((self.secret, plain, bare) if self.kind != "password" else (self.secret, plain)))


def generate(count: int, seed: int) -> list[Typed]:
    """So many sentences with one secret each, of all kinds and both languages."""
    source = random.Random(seed)  # noqa: S311, made up to be found again
    return [_typed(source, list(_SENTENCES)[number % len(_SENTENCES)]) for number in range(count)]


def _typed(source: random.Random, kind: str) -> Typed:
    secret = {"card": _card, "id_number": _id_number, "code": _code, "password": _password}[kind](source)
    if source.random() < 0.15:
        secret = secret.translate({code: full for code, full in _FULL_WIDTH.items() if chr(code).isalnum()})
    return Typed(source.choice(_SENTENCES[kind]).format(secret), secret, kind)


def _digits(source: random.Random, count: int) -> str:
    return "".join(source.choices(string.digits, k=count))


def _card(source: random.Random) -> str:
    prefix = source.choice(_PREFIXES)
    length = 15 if prefix.startswith("3") and prefix != "35" else source.choice((16, 19)) if prefix[0] == "6" else 16
    body = prefix + _digits(source, length - len(prefix) - 1)
    number = next(body + last for last in string.digits if _passes_luhn(body + last))
    separator = source.choice(("", "", " ", "-"))
    return separator.join(number[place : place + 4] for place in range(0, length, 4))


def _passes_luhn(number: str) -> bool:
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def _id_check(body: str) -> str:
    """ISO 7064 MOD 11-2."""
    rest = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(body)) % 11
    return "10X98765432"[rest]


def _id_number(source: random.Random) -> str:
    region = source.choice(("110101", "310115", "440308", "510107", "650102"))
    born = f"{source.randint(1950, 2008)}{source.randint(1, 12):02}{source.randint(1, 28):02}"
    body = region + born + _digits(source, 3)
    number = body + _id_check(body)
    return source.choice((number, number, number.lower(), f"{number[:6]} {number[6:14]} {number[14:]}"))


def _code(source: random.Random) -> str:
    # Round numbers beside a word are taken for amounts.
    code = _digits(source, source.choice((4, 6, 6, 6, 8)) - 1) + source.choice("123456789")
    return source.choice((code, code, f"{code[:3]} {code[3:]}")) if len(code) == 6 else code


def _password(source: random.Random) -> str:
    word = "".join(source.choices(string.ascii_lowercase, k=source.randint(5, 8)))
    return source.choice(
        (
            word + _digits(source, 3),
            word.capitalize() + "@" + _digits(source, 2),
            word[:4] + word[4:].upper() + "x",
            _digits(source, 2) + word,
        )
    )
