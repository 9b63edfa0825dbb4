"""Files are changed together, and are what they were when the change is taken back."""

from __future__ import annotations

from pathlib import Path

from bot.training.kept_files import KeptFiles


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_are_written_and_nothing_unfinished_stays(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("before")

    KeptFiles().write({tmp_path / "old": "after", tmp_path / "deep" / "new": "新"})

    assert contents(tmp_path) == {"old": b"after", "deep/new": "新".encode()}


def test_taken_back_each_is_what_it_was_before_the_first_change(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"before\r\n")
    files = KeptFiles()
    files.write({tmp_path / "old": "after", tmp_path / "new": "new"})
    files.write({tmp_path / "old": "later"})

    files.put_back()

    assert contents(tmp_path) == {"old": b"before\r\n"}


def test_a_file_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_text("before")
    path.chmod(0o664)

    KeptFiles().write({path: "after"})

    assert path.stat().st_mode & 0o777 == 0o664
