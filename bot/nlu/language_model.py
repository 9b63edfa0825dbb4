"""The sentence vector of a message, from a language model that lies on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SENTENCE_FEATURES, TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.lm_featurizer import LanguageModelFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from safetensors import SafetensorError  # type: ignore[attr-defined]  # its stub leaves it out

from bot.nlu.weights import Unusable, check_weights


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class LocalLanguageModel(LanguageModelFeaturizer):  # type: ignore[misc]
    """Rasa's featurizer, which by itself would fetch weights from the net."""

    max_model_sequence_length: int

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's own, with a folder for ``model_weights``."""
        return {**LanguageModelFeaturizer.get_default_config(), "model_weights": "language-model"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LocalLanguageModel:
        """Load the weights. Raises InvalidConfigException with one line when they cannot be."""
        # Read when transformers is imported, which the featurizer does only now.
        os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")
        folder = Path(config["model_weights"])
        try:
            check_weights(folder)
            return cls(config, execution_context)
        except Unusable as error:
            raise InvalidConfigException(str(error)) from error
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            reason = str(error).strip().partition("\n")[0]
            raise InvalidConfigException(f"the language model in {folder} cannot be loaded: {reason}") from error

    def _load_model_instance(self) -> None:
        super()._load_model_instance()
        # A longer message is cut; Rasa knows the usual length of a kind, not that of these weights.
        positions = getattr(self.model.config, "max_position_embeddings", self.max_model_sequence_length)
        self.max_model_sequence_length = min(positions, self.max_model_sequence_length)

    def _add_lm_specific_special_tokens(self, token_ids: list[list[int]]) -> list[list[int]]:
        # Rasa writes the numbers of one vocabulary; the tokenizer knows its own.
        return [self.tokenizer.build_inputs_with_special_tokens(list(ids)) for ids in token_ids]

    def _set_lm_features(self, doc: dict[str, Any], message: Message, attribute: str = TEXT) -> None:
        if not message.get(TOKENS_NAMES[attribute]):
            return  # the vector of an empty text says nothing
        # A vector for each token, which nothing here reads, would fill a gigabyte while the model is trained.
        sentence: np.ndarray[Any, Any] = doc[SENTENCE_FEATURES]
        self.add_features_to_message(sequence=None, sentence=sentence, attribute=attribute, message=message)
