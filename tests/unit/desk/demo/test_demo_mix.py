"""The data that conversations are made of fits the playbooks and responses; chance is the same each time."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.desk.demo.chance import Chance, Weights
from bot.desk.demo.corpus import Corpus, NoCorpus
from bot.desk.demo.mix import Mix
from bot.desk.demo.plan import Calendar
from bot.desk.demo.understanding import Understanding
from bot.desk.review.verdicts import Verdict
from bot.store.summary import FALLBACK
from tests.architecture.sources import ROOT
from tests.unit.desk.demo.conftest import UNTIL, ZONE


def test_every_cause_has_words_and_steps(corpus: Corpus, mix: Mix) -> None:
    for topic, causes in mix.causes.items():
        playbook = corpus.playbooks[topic.removesuffix("_failure").removeprefix("report_")]
        for cause in causes.options:
            assert f"utter_cause_{cause.told}" in corpus.responses["zh"]
            assert cause.plan in playbook.plans


def test_every_verdict_is_one_that_reviewers_give(mix: Mix) -> None:
    assert set(mix.verdicts.options) == {verdict.value for verdict in Verdict}


def test_a_folder_without_the_data_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(NoCorpus, match="are not under"):
        Corpus(tmp_path_factory.mktemp("nothing"))


def test_weights_are_kept_to() -> None:
    chance, weights = Chance(1), Weights({"often": 9, "seldom": 1, "never": 0})
    drawn = [chance.by_weight(weights) for _ in range(2000)]
    assert 1700 < drawn.count("often") < 1900
    assert drawn.count("never") == 0


@pytest.mark.parametrize("count", [1, 24, 1000])
def test_as_many_conversations_begin_as_are_wanted(mix: Mix, count: int) -> None:
    since = UNTIL - 30 * 86400
    moments = list(Calendar(mix, since, UNTIL, ZONE).moments(count, Chance(5)))
    assert len(moments) == count
    assert moments == sorted(moments)
    assert since <= moments[0]
    assert moments[-1] < UNTIL


def test_nights_are_quiet_and_it_grows(mix: Mix) -> None:
    since = UNTIL - 60 * 86400
    moments = list(Calendar(mix, since, UNTIL, ZONE).moments(4000, Chance(5)))
    hours = [datetime.fromtimestamp(at, ZONE).hour for at in moments]
    assert sum(hour in (10, 11) for hour in hours) > 5 * sum(hour in (3, 4) for hour in hours)
    assert sum(at > UNTIL - 15 * 86400 for at in moments) > sum(at < since + 15 * 86400 for at in moments)


def test_the_same_line_is_understood_alike_each_time(corpus: Corpus) -> None:
    first, second = Understanding(corpus.intents), Understanding(corpus.intents)
    assert first.of("ask_fees", "how much") == second.of("ask_fees", "how much")


@pytest.mark.parametrize("text", ["a", "how much is it", "0", "x" * 200])
def test_what_is_acted_on_is_sure_enough_and_first(corpus: Corpus, text: str) -> None:
    understood, ranking = Understanding(corpus.intents).of("ask_fees", text)
    assert understood == ranking[0]
    assert understood["name"] == "ask_fees"
    confidences = [row["confidence"] for row in ranking]
    assert confidences[0] >= 0.4
    assert confidences[0] - confidences[1] >= 0.3
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) <= 1
    assert len({row["name"] for row in ranking}) == len(ranking) == 10


def test_what_is_not_understood_has_what_it_was_torn_between(corpus: Corpus) -> None:
    understood, ranking = Understanding(corpus.intents).of(FALLBACK, "lol")
    assert understood == {"name": FALLBACK, "confidence": 0.4}
    assert ranking[0] == understood
    assert ranking[1]["confidence"] - ranking[2]["confidence"] < 0.3


def test_the_project_has_its_data() -> None:
    assert {"login", "payment", "topup", "transfer", "fraud"} <= set(Corpus(ROOT).playbooks)
