"""When TensorFlow is left out, and that a bot without it loads and answers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.without_tensorflow import leave_out, may_need_tensorflow

OURS = "  - name: bot.nlu.intent.EnsembleIntentClassifier\n"
RULES = "policies:\n  - name: RulePolicy\n"


@pytest.mark.parametrize(
    ("config", "needed"),
    [
        (f"pipeline:\n{OURS}  - name: FallbackClassifier\n{RULES}", False),
        (f"pipeline:\n{OURS}  - name: DIETClassifier\n{RULES}", True),
        (f"pipeline:\n{OURS}  - name: somebody.elses.Component\n{RULES}", True),
        (f"pipeline:\n{OURS}{RULES}  - name: TEDPolicy\n", True),
        (f"pipeline:\n{OURS}policies: []\n", True),
        (RULES, True),
    ],
)
def test_it_is_needed_unless_every_part_is_known_to_do_without(tmp_path: Path, config: str, needed: bool) -> None:
    file = tmp_path / "config.yml"
    file.write_text(config, encoding="utf-8")
    assert may_need_tensorflow(file) is needed


def test_the_products_own_configuration_does_without() -> None:
    assert not may_need_tensorflow(Path("config.yml"))


def test_a_language_model_needs_it() -> None:
    assert may_need_tensorflow(Path("config.transformer.yml"))


def test_a_process_that_has_loaded_it_keeps_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tensorflow", sys)
    assert not leave_out(Path("config.yml"))


def test_rasas_server_is_imported_without_it() -> None:
    """Fails when Rasa does more with TensorFlow at import than to name it."""
    done = in_a_process_of_its_own("import rasa.core.run, rasa.core.agent; from rasa.utils.tensorflow import models")
    assert done == ""


@pytest.mark.parametrize(
    "use", ["tensorflow.constant(1)", "tensorflow.keras.Model().fit([])", "models.RasaModel()", "tensorflow.io.x(2, 3)"]
)
def test_whoever_really_uses_it_is_told_how_to_have_it(use: str) -> None:
    words = f"import tensorflow; from rasa.utils.tensorflow import models; print({use}.shape)"
    assert "HOTLINE_TENSORFLOW=load" in in_a_process_of_its_own(words)


def in_a_process_of_its_own(words: str) -> str:
    """The last line of its error, empty if there was none."""
    start = "from pathlib import Path; from bot.runtime.without_tensorflow import leave_out; "
    words = f"{start}assert leave_out(Path('config.yml')); {words}"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", words], capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1] if done.returncode else ""
