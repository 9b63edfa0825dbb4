"""A stand-in for TensorFlow while a model is served that has no TensorFlow component.

Rasa 3.6 imports TensorFlow in modules that every model needs, though it then runs nothing of it: more than half of the
start and of the memory. Here those imports get hollow modules, whose names can be read, subclassed and used as
decorators, and refuse everything else. ``HOTLINE_TENSORFLOW=load`` switches it off; every training, and a model with a
component that is not known to do without, loads the real one.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import yaml

PACKAGES = frozenset({"keras", "tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text"})
# Rasa's components that are known to run without it; all of ours do but one.
COMPONENTS = frozenset(
    "CountVectorsFeaturizer EntitySynonymMapper FallbackClassifier KeywordIntentClassifier LexicalSyntacticFeaturizer "
    "MemoizationPolicy RegexEntityExtractor RegexFeaturizer RulePolicy WhitespaceTokenizer".split()
)
_OURS = "bot."
_NEEDS_IT = "bot.nlu.language_model.LocalLanguageModel"


def leave_out(config_file: Path) -> bool:
    """Let imports of TensorFlow find hollow modules. False where the pipeline may need it, or it is there already."""
    if PACKAGES & sys.modules.keys() or may_need_tensorflow(config_file):
        return False
    sys.meta_path.insert(0, _HollowFinder())
    return True


def may_need_tensorflow(config_file: Path) -> bool:
    """Whether a component or a policy of the configuration is not known to do without."""
    config = yaml.safe_load(config_file.read_text(encoding="utf-8"))
    pipeline, policies = config.get("pipeline"), config.get("policies")
    if not pipeline or not policies:
        return True  # Rasa fills in its defaults, which need it
    names = [str(part["name"]) for part in [*pipeline, *policies]]
    return _NEEDS_IT in names or not all(name.startswith(_OURS) or name in COMPONENTS for name in names)


class _HollowKind(type):
    """The kind of a hollow class: it has whatever attribute is asked for, and calling it decorates."""

    def __getattr__(cls, name: str) -> Any:
        return _hollow(name)

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        if "stands_for" not in cls.__dict__:
            _refuse(cls.__name__)  # a class of Rasa's that inherits from a hollow one
        if len(arguments) == 1 and callable(arguments[0]) and not named:
            return arguments[0]
        return super().__call__()


class Hollow(metaclass=_HollowKind):
    """Stands for anything of TensorFlow: a class to inherit from, a type in an annotation, a decorator."""

    def __call__(self, decorated: Any) -> Any:
        """The function as it is, for a decorator that was given options."""
        return decorated

    def __getattr__(self, name: str) -> Any:
        _refuse(type(self).__name__)


class _HollowModule(ModuleType):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        return _hollow(name)


class _HollowFinder(MetaPathFinder, Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _HollowModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def _hollow(name: str) -> _HollowKind:
    if name.startswith("__"):
        raise AttributeError(name)
    return _HollowKind(name, (Hollow,), {"stands_for": name})


def _refuse(name: str) -> NoReturn:
    raise RuntimeError(f"TensorFlow's {name} was left out of this process: set HOTLINE_TENSORFLOW=load")
