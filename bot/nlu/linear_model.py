"""The trained classifier as plain arrays: one product of a sparse row and a matrix for a message.

scikit-learn trains it. To predict, it would check one message some hundred times over: 10 ms instead of one.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline

Floats = NDArray[np.float32]

WORD_LENGTHS = (1, 2)  # words and pairs of words
CHARACTER_LENGTHS = (1, 4)
_WORD = re.compile(r"[a-z0-9']+|[\u4e00-\u9fff]")
_ARRAYS_FILE, _TERMS_FILE = "model.npz", "terms.json"


def words(text: str) -> list[str]:
    """Latin words and single Chinese characters. A word segmenter scored no better and costs a second at the start."""
    return _WORD.findall(text)


def word_terms(text: str) -> list[str]:
    """Words and pairs of neighbours."""
    found = words(text)
    return [*found, *(f"{first} {second}" for first, second in pairwise(found))]


def character_terms(text: str) -> list[str]:
    """Runs of one to four characters inside each word with a blank at either end, like scikit-learn's char_wb."""
    shortest, longest = CHARACTER_LENGTHS
    terms = []
    for word in text.split():
        padded = f" {word} "
        for length in range(shortest, min(longest, len(padded)) + 1):
            terms += [padded[place : place + length] for place in range(len(padded) - length + 1)]
    return terms


@dataclass(frozen=True)
class Terms:
    """The terms one vectorizer learned: each one's column in the matrix, and its inverse document frequency."""

    columns: dict[str, int]
    weights: list[float]
    offset: int

    def row(self, terms: Iterable[str]) -> tuple[list[int], list[float]]:
        """Columns and values of a text: 1 + ln of the count, weighted, scaled to length one."""
        counts = Counter(term for term in terms if term in self.columns)
        columns = [self.columns[term] for term in counts]
        values = [
            (1 + math.log(count)) * self.weights[column] for column, count in zip(columns, counts.values(), strict=True)
        ]
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        return [self.offset + column for column in columns], [value / length for value in values]


@dataclass(frozen=True)
class LinearModel:
    """One logistic regression per intent over the terms of a text. ``matrix`` has a row a term, a column an intent."""

    intents: list[str]
    words: Terms
    characters: Terms
    matrix: Floats
    intercepts: Floats

    @classmethod
    def of_pipeline(cls, pipeline: Pipeline) -> LinearModel:
        """The arrays of a pipeline that scikit-learn has trained, see bot/nlu/intent.py."""
        union, classifier = pipeline.steps[0][1], pipeline.steps[-1][1]
        by_words, by_characters = (vectorizer for _, vectorizer in union.transformer_list)
        of_words = _terms(by_words, 0)
        return cls(
            [str(name) for name in classifier.classes_],
            of_words,
            _terms(by_characters, len(of_words.columns)),
            np.ascontiguousarray(np.vstack([one.coef_ for one in classifier.estimators_]).T, dtype=np.float32),
            np.array([one.intercept_[0] for one in classifier.estimators_], dtype=np.float32),
        )

    def confidences(self, text: str) -> Floats:
        """One for each intent; they sum to one."""
        columns, values = self.words.row(word_terms(text))
        more_columns, more_values = self.characters.row(character_terms(text))
        row = np.array(values + more_values, dtype=np.float32)
        scores = row @ self.matrix[columns + more_columns] + self.intercepts
        likelihoods: Floats = 1 / (1 + np.exp(-scores))
        confidences: Floats = likelihoods / likelihoods.sum()
        return confidences

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        np.savez(folder / _ARRAYS_FILE, matrix=self.matrix, intercepts=self.intercepts)
        parts = {name: [list(part.columns), part.weights] for name, part in self._parts().items()}
        text = json.dumps({"intents": self.intents, **parts}, ensure_ascii=False)
        (folder / _TERMS_FILE).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """The model that ``save`` wrote into the folder."""
        content = json.loads((folder / _TERMS_FILE).read_text(encoding="utf-8"))
        (word_list, word_weights), (run_list, run_weights) = content["words"], content["characters"]
        with np.load(folder / _ARRAYS_FILE) as arrays:
            matrix, intercepts = arrays["matrix"], arrays["intercepts"]
        words_part = Terms({term: column for column, term in enumerate(word_list)}, word_weights, 0)
        runs = {term: column for column, term in enumerate(run_list)}
        return cls(content["intents"], words_part, Terms(runs, run_weights, len(word_list)), matrix, intercepts)

    def _parts(self) -> dict[str, Terms]:
        return {"words": self.words, "characters": self.characters}


def _terms(vectorizer: TfidfVectorizer, offset: int) -> Terms:
    by_column = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
    columns = {str(term): column for column, term in enumerate(by_column)}
    return Terms(columns, [float(weight) for weight in vectorizer.idf_], offset)
