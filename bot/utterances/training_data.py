"""The training data of the project's folder, read when it is first needed and again when its files change."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from bot.utterances.errors import UnreadableUtterances
from bot.utterances.known import Known
from bot.utterances.nlu_file import read_nlu
from bot.utterances.utterance import LANGUAGES, Utterance

_Stamps = tuple[tuple[Path, int, int], ...]


class TrainingData:
    """``<folder>/<language>/<intent>.yml``; none where the folder is missing. May be asked from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._stamps: _Stamps | None = None
        self._known = Known(())

    def known(self) -> Known:
        """What the files hold now.

        Raises:
            UnreadableUtterances: when one of them cannot be read; a later call tries again.
        """
        with self._lock:
            stamps = _stamps_of(self.folder)
            if stamps != self._stamps:
                self._known = Known(read_utterances(self.folder))
                self._stamps = stamps
            return self._known


def read_utterances(folder: Path) -> list[Utterance]:
    """Every utterance of a folder. Raises UnreadableUtterances."""
    return [
        utterance
        for language, path in nlu_files(folder)
        for utterance in read_nlu(read_text(path), path.as_posix(), language)
    ]


def nlu_files(folder: Path) -> Iterable[tuple[str, Path]]:
    """Every file of a folder with its language, in a fixed order."""
    return [(language, path) for language in LANGUAGES for path in sorted((folder / language).glob("*.yml"))]


def read_text(path: Path) -> str:
    """What a file holds. Raises UnreadableUtterances."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableUtterances(f"{path}: {getattr(error, 'strerror', None) or 'is no text in UTF-8'}") from error


def _stamps_of(folder: Path) -> _Stamps:
    files = [(path, path.stat()) for _, path in nlu_files(folder)]
    return tuple((path, file.st_mtime_ns, file.st_size) for path, file in files)
