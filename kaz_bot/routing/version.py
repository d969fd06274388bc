"""One version of what was learned: three models, and from where on their word is taken."""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Self

from kaz_bot.routing.model import BrokenModel, LinearModel

_ABOUT, _MODELS = "about.json", ("areas", "intent", "urgency")
# A zip that unpacks to more than any model of ours is none of ours.
_LARGEST = 64 * 2**20


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """The probability from which on a message is a question, urgent, a running incident."""

    question: float
    urgent: float
    incident: float


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a new version stands against what was known before it; all but the last are counts.

    `corpus_…` are the lines of the corpus that are right, judged by models that never saw their
    situation; `earlier_…` the lessons right that the version before was taught.
    """

    taken: bool
    lessons: int
    corpus_before: int
    corpus_after: int
    corpus: int
    earlier_before: int
    earlier_after: int
    earlier: int
    calibration_error: float


@dataclass(frozen=True, kw_only=True)
class Version:
    """What the router goes by. `learned_from` is the fingerprint of corpus, lists and features.

    `taught` names the tickets whose lessons are in it, each with what it taught; `figures` are
    the counts of its cross-validation.
    """

    areas: LinearModel
    intent: LinearModel
    urgency: LinearModel
    thresholds: Thresholds
    learned_from: str
    taught: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The same version as one file. Equal versions are equal bytes."""
        about = {
            "learned_from": self.learned_from,
            "thresholds": vars(self.thresholds),
            "taught": dict(sorted(self.taught.items())),
            "figures": dict(self.figures),
        }
        written = BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as folder:
            _add(folder, _ABOUT, json.dumps(about, indent=1).encode())
            for name in _MODELS:
                _add(folder, name, getattr(self, name).to_bytes())
        return written.getvalue()

    @classmethod
    def from_bytes(cls, source: bytes) -> Self:
        """Raises BrokenModel, also when the version is of another make."""
        try:
            with zipfile.ZipFile(BytesIO(source)) as folder:
                if sum(entry.file_size for entry in folder.infolist()) > _LARGEST:
                    raise BrokenModel("too large")
                about: dict[str, Any] = json.loads(folder.read(_ABOUT))
                models = [LinearModel.from_bytes(folder.read(name)) for name in _MODELS]
                areas, intent, urgency = models
                return cls(
                    areas=areas,
                    intent=intent,
                    urgency=urgency,
                    thresholds=Thresholds(**about["thresholds"]),
                    learned_from=str(about["learned_from"]),
                    taught=about["taught"],
                    figures=about["figures"],
                )
        except (zipfile.BadZipFile, KeyError, TypeError, ValueError) as problem:
            raise BrokenModel(str(problem)) from problem


def _add(folder: zipfile.ZipFile, name: str, content: bytes) -> None:
    # With a fixed date, so that learning again changes nothing but what is learned.
    entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    folder.writestr(entry, content)
