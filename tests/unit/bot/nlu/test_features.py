"""A row has what scikit-learn's vectorizers put into it, and the features survive being written to a folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from bot.nlu.features import Features
from bot.nlu.normalize import normalize

TEXTS = [
    "付款失败了",
    "my payment was declined",
    "支付 failed 了",
    "it won't let me pay the shop",
    "充值没到账",
    "the money I added is not there",
    "",
    "没有见过的字 unheard of",
]


@pytest.fixture(scope="module")
def learnt() -> tuple[Features, csr_matrix]:
    return Features.learn([normalize(text) for text in TEXTS])


@pytest.mark.parametrize("place", range(len(TEXTS)))
def test_a_text_of_training_has_the_same_row_when_it_is_read(learnt: tuple[Features, csr_matrix], place: int) -> None:
    features, rows = learnt
    row = features.row(normalize(TEXTS[place]))
    dense = np.zeros(rows.shape[1])
    dense[row.columns] = row.values
    assert np.allclose(dense, rows[place].toarray()[0], atol=1e-6)


@given(text=st.text(alphabet="付款充值没到账失败了你好my payment top-up hello 12'!，\u3000\t🙂é", max_size=60))
def test_any_text_has_a_row_of_columns_that_are_named_once(learnt: tuple[Features, csr_matrix], text: str) -> None:
    features, rows = learnt
    row = features.row(normalize(text))
    assert len(set(row.columns)) == len(row.columns) == len(row.values)
    assert all(0 <= column < rows.shape[1] for column in row.columns)


def test_written_features_read_the_same(learnt: tuple[Features, csr_matrix], tmp_path: Path) -> None:
    features, _ = learnt
    features.save(tmp_path)
    assert Features.load(tmp_path) == features
