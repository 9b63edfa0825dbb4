""".env.example lists every setting that the code reads, and no other."""

from __future__ import annotations

import re

from tests.architecture.sources import PACKAGES, ROOT, modules, texts

_NAME = re.compile(r"HOTLINE_[A-Z_]+[A-Z]")
_LISTED = re.compile(r"^#?(HOTLINE_[A-Z_]+)=", re.MULTILINE)


def test_the_example_lists_what_is_read_and_nothing_else() -> None:
    in_code = {text for path in modules(*PACKAGES) for _, text in texts(path) if _NAME.fullmatch(text)}
    in_files = {
        name
        for file in ("credentials.yml", "endpoints.yml", "config.yml")
        for name in re.findall(r"\$\{(HOTLINE_[A-Z_]+)\}", (ROOT / file).read_text(encoding="utf-8"))
    }
    listed = _LISTED.findall((ROOT / ".env.example").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(in_code | in_files)


def test_the_example_holds_no_secret() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    secrets = [line for line in lines if re.match(r"#?HOTLINE_\w+_(SECRET|TOKEN)=.", line)]
    assert secrets == []
