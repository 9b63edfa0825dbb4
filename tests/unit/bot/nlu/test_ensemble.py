"""The arrays say what the libraries that trained them say, and survive being written to a folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.nlu.ensemble import Ensemble
from bot.nlu.features import Features
from bot.nlu.linear_model import LinearModel
from bot.nlu.normalize import normalize

EXAMPLES = {
    "payment_failure": ["付款失败了", "my payment was declined", "支付 failed 了", "it won't let me pay the shop"],
    "topup_failure": ["充值没到账", "top-up did not arrive", "钱没充进去", "the money I added is not there"],
    "greet": ["你好", "hello there", "您好在吗", "good morning"],
}
TEXTS = [normalize(text) for texts in EXAMPLES.values() for text in texts]
INTENTS = [intent for intent, texts in EXAMPLES.items() for _ in texts]
UNSEEN = ("付款", "hello my payment", "", "没有见过的字")


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    return Ensemble.train(TEXTS, INTENTS, regularisation=0.3, sharpness=3.0, epochs=60)


@pytest.fixture(scope="module")
def learnt() -> tuple[Features, csr_matrix]:
    return Features.learn(TEXTS)


@pytest.mark.parametrize("intents", [INTENTS, ["greet" if intent == "greet" else "other" for intent in INTENTS]])
def test_the_linear_model_prefers_what_scikit_learn_prefers(
    learnt: tuple[Features, csr_matrix], intents: list[str]
) -> None:
    features, rows = learnt
    names = sorted(set(intents))
    machines = LinearSVC(C=0.3, random_state=0).fit(rows, intents)
    model = LinearModel.train(rows, [names.index(intent) for intent in intents], 0.3, 3.0)
    for text in [*TEXTS, *UNSEEN[:2]]:
        dense = np.zeros((1, rows.shape[1]))
        row = features.row(text)
        dense[0, row.columns] = row.values
        assert names[int(model.confidences(row).argmax())] == machines.predict(dense)[0]


def test_both_opinions_and_their_mean_know_what_they_have_learnt(ensemble: Ensemble) -> None:
    for text, intent in zip(TEXTS, INTENTS, strict=True):
        row = ensemble.features.row(text)
        opinions = (ensemble.linear.confidences(row), ensemble.network.confidences(row), ensemble.confidences(text))
        assert [ensemble.intents[int(opinion.argmax())] for opinion in opinions] == [intent] * 3


@pytest.mark.parametrize("text", UNSEEN)
def test_confidences_sum_to_one(ensemble: Ensemble, text: str) -> None:
    assert ensemble.confidences(text).sum() == pytest.approx(1, abs=1e-5)


def test_the_same_examples_train_the_same_classifier(ensemble: Ensemble) -> None:
    again = Ensemble.train(TEXTS, INTENTS, regularisation=0.3, sharpness=3.0, epochs=60)
    for text in UNSEEN:
        assert np.allclose(again.confidences(text), ensemble.confidences(text), atol=1e-3)


def test_a_written_classifier_says_the_same(ensemble: Ensemble, tmp_path: Path) -> None:
    ensemble.save(tmp_path)
    again = Ensemble.load(tmp_path)
    assert again.intents == ensemble.intents
    for text in UNSEEN:
        assert np.array_equal(again.confidences(text), ensemble.confidences(text))
