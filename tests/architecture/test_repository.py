"""What must not be in the repository."""

from __future__ import annotations

import subprocess

import pytest

from tests.architecture.sources import ROOT

# Put together here, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("pythonhosted", "org"),
        ("pypi", "tuna"),
        ("pypi", "douban"),
        ("mirrors", "aliyun"),
        ("mirrors", "cloud", "tencent"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("yarnpkg", "com"),
        ("conda", "anaconda", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("rubygems", "org"),
        ("repo1", "maven"),
    )
]


def _files_in_git() -> list[str]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this is no git working copy")
    return [name for name in done.stdout.decode().split("\0") if name]


def test_no_file_names_a_package_registry() -> None:
    found = [
        f"{name}: {host}"
        for name in _files_in_git()
        if (ROOT / name).is_file()
        for text in [(ROOT / name).read_bytes().decode(errors="replace")]
        for host in REGISTRIES
        if host in text
    ]
    assert found == []


def test_no_secret_database_or_model_is_in_git() -> None:
    kept_out = ("var/", "models/", ".venv/", "node_modules/")
    endings = (".sqlite", ".tar.gz", "secrets.env", "/.env")
    assert [name for name in _files_in_git() if name.startswith(kept_out) or f"/{name}".endswith(endings)] == []
