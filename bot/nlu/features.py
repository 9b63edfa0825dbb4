"""The numbers a text becomes: TF-IDF of its words, runs of characters and concepts, side by side in one row."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.concepts import concept_terms
from bot.nlu.terms import Terms, character_terms, word_terms

_FILE = "features.json"


class _Kind(NamedTuple):
    terms_of: Callable[[str], list[str]]
    share: float  # how much of a row's length it has; concepts at half or all of it scored alike
    fewest: int  # texts a term has to stand in


_KINDS = {
    "words": _Kind(word_terms, 1.0, 1),
    "characters": _Kind(character_terms, 1.0, 2),
    "concepts": _Kind(concept_terms, 0.7, 2),
}


class Row(NamedTuple):
    """The filled columns of a text's row, and what stands in them."""

    columns: NDArray[np.int64]
    values: NDArray[np.float32]


@dataclass(frozen=True)
class Features:
    """Every kind of term with its part of the row."""

    parts: dict[str, Terms]

    @classmethod
    def learn(cls, texts: Sequence[str]) -> tuple[Features, csr_matrix]:
        """The terms of normalised texts, and the texts as rows."""
        parts: dict[str, Terms] = {}
        blocks, offset = [], 0
        for name, kind in _KINDS.items():
            vectorizer = TfidfVectorizer(analyzer=kind.terms_of, sublinear_tf=True, min_df=kind.fewest)
            blocks.append(vectorizer.fit_transform(texts) * kind.share)
            columns = {str(term): int(column) for term, column in vectorizer.vocabulary_.items()}
            parts[name] = Terms(columns, [float(weight) for weight in vectorizer.idf_], offset, kind.share)
            offset += len(columns)
        return cls(parts), hstack(blocks).tocsr()

    def row(self, text: str) -> Row:
        """The row of a normalised text."""
        columns: list[int] = []
        values: list[float] = []
        for name, part in self.parts.items():
            more_columns, more_values = part.row(_KINDS[name].terms_of(text))
            columns += more_columns
            values += more_values
        return Row(np.array(columns, dtype=np.int64), np.array(values, dtype=np.float32))

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        parts = {name: asdict(part) for name, part in self.parts.items()}
        (folder / _FILE).write_text(json.dumps(parts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Features:
        """Those that ``save`` wrote into the folder."""
        parts = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls({name: Terms(**part) for name, part in parts.items()})
