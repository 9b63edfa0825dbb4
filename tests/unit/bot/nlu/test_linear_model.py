"""The arrays predict what scikit-learn predicts, and survive being written to a folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.pipeline import Pipeline

from bot.nlu.intent import build_model
from bot.nlu.linear_model import LinearModel
from bot.nlu.normalize import normalize

EXAMPLES = {
    "payment_failure": ["付款失败了", "my payment was declined", "支付 failed 了", "it won't let me pay the shop"],
    "topup_failure": ["充值没到账", "top-up did not arrive", "钱没充进去", "the money I added is not there"],
    "greet": ["你好", "hello there", "您好在吗", "good morning"],
}
TEXTS = st.text(alphabet="付款充值没到账失败了你好my payment top-up hello 12'!，\u3000\t🙂é", max_size=60)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    lines = [(normalize(text), intent) for intent, texts in EXAMPLES.items() for text in texts]
    return build_model(10.0).fit([text for text, _ in lines], [intent for _, intent in lines])


@pytest.fixture(scope="module")
def model(pipeline: Pipeline) -> LinearModel:
    return LinearModel.of_pipeline(pipeline)


@given(text=TEXTS)
def test_it_predicts_what_scikit_learn_predicts(pipeline: Pipeline, model: LinearModel, text: str) -> None:
    normalized = normalize(text)
    expected = pipeline.predict_proba([normalized])[0]
    assert np.allclose(model.confidences(normalized), expected, atol=1e-5)


def test_a_written_model_predicts_the_same(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    again = LinearModel.load(tmp_path)
    assert again.intents == model.intents
    for text in ("付款", "hello my payment", "", "没有见过的字"):
        assert np.array_equal(again.confidences(text), model.confidences(text))


def test_confidences_sum_to_one(model: LinearModel) -> None:
    assert model.confidences("付款失败了").sum() == pytest.approx(1, abs=1e-5)
