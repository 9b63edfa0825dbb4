"""What of a review set can be learned: checked against the training data, the intents and what is nobody's business."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.privacy.redact import redact
from bot.training.likeness import alike_pairs
from bot.utterances.known import Known
from bot.utterances.utterance import LONGEST, Utterance, as_example


@dataclass(frozen=True)
class LeftOut:
    """A line that would teach nothing: so much is it like another of its intent."""

    line: Utterance
    like: str


@dataclass(frozen=True)
class Lesson:
    """The lines of a review set: those to add, those the data have already, those too much like what they have."""

    new: tuple[Utterance, ...]
    known: tuple[Utterance, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def lines(self) -> list[Utterance]:
        """Every line of the set, each once."""
        return [*self.new, *self.known, *(each.line for each in self.left_out)]


class Unlearnable(Exception):
    """A review set that nothing is learned from; ``problems`` are lines that say where and why."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def lesson_of(
    lines: Iterable[Utterance], intents: Collection[str], data: Sequence[Utterance], regressions: Sequence[Utterance]
) -> Lesson:
    """What there is to learn.

    Raises:
        Unlearnable: with every problem of every line, when there is one.
    """
    lines = _once(Utterance(as_example(line.text), line.intent, line.language, line.place) for line in lines)
    taught, tested = Known(data), Known(regressions)
    problems = [problem for line in lines for problem in _problems(line, intents, taught, tested)]
    problems += _contradictions_within(lines)
    if problems or not lines:
        raise Unlearnable(problems or ["there is no line in it"])
    known = [line for line in lines if taught.same_as(line.text)]
    left_out = _left_out([line for line in lines if line not in known], data)
    gone = {*known, *(each.line for each in left_out)}
    return Lesson(tuple(line for line in lines if line not in gone), tuple(known), tuple(left_out))


def _problems(line: Utterance, intents: Collection[str], taught: Known, tested: Known) -> Iterator[str]:
    if line.intent not in intents:
        yield f"{_named(line)}: the model knows no intent {line.intent}"
    if len(line.text) > LONGEST:
        yield f"{_named(line)}: longer than {LONGEST} characters"
    if kinds := redact(line.text).kinds:
        yield f"{line.place}: a line of {line.intent} holds a secret ({', '.join(sorted(kinds))})"
    for other in (*taught.same_as(line.text), *tested.same_as(line.text)):
        if other.intent != line.intent:
            yield f"{_named(line)}: is to be {line.intent}, but stands under {other.intent} in {other.place}"


def _contradictions_within(lines: Sequence[Utterance]) -> Iterator[str]:
    for same in Known(lines).by_words.values():
        if len(intents := dict.fromkeys(line.intent for line in same)) > 1:
            yield f"{_named(same[0])}: stands under {' and '.join(intents)}"


def _left_out(lines: Sequence[Utterance], data: Sequence[Utterance]) -> list[LeftOut]:
    found = []
    for language, intent in dict.fromkeys((line.language, line.intent) for line in lines):
        taught = [each.text for each in data if (each.language, each.intent) == (language, intent)]
        new = [line for line in lines if (line.language, line.intent) == (language, intent)]
        texts = [*taught, *(line.text for line in new)]
        gone: set[int] = set()
        for pair in alike_pairs(texts):
            if pair.second >= len(taught) and not {pair.first, pair.second} & gone:
                gone.add(pair.second)
                found.append(LeftOut(new[pair.second - len(taught)], texts[pair.first]))
    return found


def _once(lines: Iterable[Utterance]) -> list[Utterance]:
    return list({(line.text, line.intent, line.language): line for line in lines}.values())


def _named(line: Utterance) -> str:
    return f"{line.place}: “{line.text}”"
