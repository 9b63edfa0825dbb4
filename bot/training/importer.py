"""The domain in its parts: domain.yml for what the bot knows, data/responses for what it says."""

from __future__ import annotations

from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

RESPONSES_FOLDER = "data/responses"


class HotlineImporter(RasaFileImporter):  # type: ignore[misc]
    """Rasa's importer, with the responses read from beside the domain file. Named in config.yml."""

    _utterances: TrainingData | None = None

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The utterances. Rasa asks for them three times in a training, and reading them takes as long as learning."""
        if self._utterances is None:
            self._utterances = super().get_nlu_data(language)
        return self._utterances

    def get_domain(self) -> Domain:
        """domain.yml and every file of data/responses, which lies beside it, as one domain."""
        responses = Path(self._domain_path).resolve().parent / RESPONSES_FOLDER
        return super().get_domain().merge(Domain.load(str(responses)))
