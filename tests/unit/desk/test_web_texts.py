"""The words of the pages: complete in both languages, and none that no page says."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, nodes

import bot.desk
from bot.desk.agents.payloads import Language, Role
from bot.desk.audit.payloads import Action
from bot.desk.errors import ErrorCode
from bot.desk.pages.packet import NAMED
from bot.desk.web.rendering import TEMPLATES
from bot.desk.web.texts import Text, read_texts

CODE = Path(bot.desk.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.html"))}
PYTHON = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CODE.rglob("*.py")))

# What a fact of a hand-off may be: the packet's page puts the fact's name before its value.
NAMED_FACTS = {f"{name}_" for name in NAMED}


def keys_named() -> set[str]:
    """Every key that a template names whole."""
    return {key for source in SOURCES.values() for key in re.findall(r"\bt\.(?!get\()(\w+)", source)} | {
        key for source in SOURCES.values() for key in re.findall(r'\bt\["(\w+)"\]', source)
    }


def beginnings() -> set[str]:
    """The beginnings of keys that templates or code put together."""
    found = {start for source in SOURCES.values() for start in re.findall(r'"(\w+_)" ~', source)}
    return found | NAMED_FACTS | set(re.findall(r'f"(\w+_)\{', PYTHON))


def values_of(text: Text) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(str(text)) if name}


def test_both_languages_have_the_same_texts() -> None:
    texts = read_texts()

    assert set(texts[Language.ZH]) ^ set(texts[Language.EN]) == set()


def test_both_languages_fill_in_the_same_values() -> None:
    texts = read_texts()
    differing = {
        key for key in texts[Language.ZH] if len({frozenset(values_of(texts[each][key])) for each in Language}) > 1
    }

    # English names its months; Chinese counts them.
    assert differing - {"form_day", "form_day_of_year"} == set()


def test_no_text_is_empty_or_begins_or_ends_with_a_blank() -> None:
    assert [
        key for texts in read_texts().values() for key in texts if texts[key] != texts[key].strip() or not texts[key]
    ] == []


def test_every_text_that_a_template_names_exists() -> None:
    assert keys_named() - set(read_texts()[Language.ZH]) == set()


def test_every_text_is_said_somewhere() -> None:
    starts, words_in_code = tuple(beginnings()), set(re.findall(r"\w+", PYTHON))
    unsaid = {
        key
        for key in read_texts()[Language.ZH]
        if key not in keys_named()
        and not key.startswith(starts)
        and not {key, key.removeprefix("error_")} & words_in_code
    }

    assert unsaid == set()


@pytest.mark.parametrize("language", Language)
def test_every_role_action_and_error_has_its_words(language: Language) -> None:
    texts = read_texts()[language]
    needed = {
        *(f"role_{role.value}" for role in Role),
        *(f"action_{action.value}" for action in Action),
        *(f"error_{code.value}" for code in ErrorCode),
    }

    assert needed - set(texts) == set()


def test_every_template_can_be_read() -> None:
    for path, source in SOURCES.items():
        assert isinstance(Environment(autoescape=True).parse(source, filename=str(path)), nodes.Template)


def test_no_template_holds_words_of_its_own() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]")

    assert [path.name for path, source in SOURCES.items() if chinese.search(source)] == []


def test_a_text_is_filled_in_and_chooses_its_form_by_the_count() -> None:
    text = Text("{count} cases of {name}", one="one case of {name}")

    assert text(count=1, name="Li") == "one case of Li"
    assert text(count=2, name="Li") == "2 cases of Li"


def test_two_files_with_the_same_key_are_refused(tmp_path: Path) -> None:
    for language in Language:
        (tmp_path / language.value).mkdir()
    for name in ("one.yml", "two.yml"):
        (tmp_path / "zh" / name).write_text("key: text\n")

    with pytest.raises(ValueError, match=r"two\.yml repeats key"):
        read_texts(tmp_path)
