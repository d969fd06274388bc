"""One version of what was learned: three models, and from where on their word is taken."""

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Self

from kaz_bot.routing.features import AREAS, NOWHERE
from kaz_bot.routing.intent import CHATTER, QUESTION
from kaz_bot.routing.model import BrokenModel, LinearModel
from kaz_bot.routing.urgency import CALM, INCIDENT, PRESSING

_ABOUT = "about.json"
# What each model must be able to say.
_LABELS: Mapping[str, tuple[str, ...]] = {
    "areas": (*AREAS, NOWHERE),
    "intent": (QUESTION, CHATTER),
    "urgency": (CALM, PRESSING, INCIDENT),
}
# A zip that unpacks to more than any model of ours is none of ours.
_LARGEST = 64 * 2**20
# All that zipfile, zlib and json make of bytes that somebody has tampered with.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    EOFError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """The probability from which on a message is a question, urgent, a running incident."""

    question: float
    urgent: float
    incident: float

    def __post_init__(self) -> None:
        if not all(isinstance(one, float) for one in vars(self).values()):
            raise BrokenModel("a threshold is no number")


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How many lines of the corpus are right, judged by models that never saw their situation."""

    right: int
    of: int
    calibration_error: float


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a new version stands against what was known before it, in numbers of lines.

    `corpus_…` are those of the corpus that are right, judged by models that never saw their
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


@dataclass(frozen=True, kw_only=True)
class Version:
    """What the router goes by. `learned_from` is the fingerprint of corpus, lists and features.

    `taught` names the tickets whose lessons are in it, each with a digest of its question.
    """

    areas: LinearModel
    intent: LinearModel
    urgency: LinearModel
    thresholds: Thresholds
    learned_from: str
    figures: Figures
    taught: Mapping[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """The same version as one file."""
        about = {
            "learned_from": self.learned_from,
            "thresholds": vars(self.thresholds),
            "figures": vars(self.figures),
            "taught": dict(sorted(self.taught.items())),
        }
        written = BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as folder:
            _add(folder, _ABOUT, json.dumps(about, indent=1).encode())
            for name in _LABELS:
                _add(folder, name, getattr(self, name).to_bytes())
        return written.getvalue()

    @classmethod
    def from_bytes(cls, source: bytes) -> Self:
        """Raises BrokenModel, also when the version is of another make."""
        try:
            with _opened(source) as folder:
                about = _about(folder)
                areas, intent, urgency = (_model(folder, name) for name in _LABELS)
                return cls(
                    areas=areas,
                    intent=intent,
                    urgency=urgency,
                    thresholds=Thresholds(**about["thresholds"]),
                    learned_from=str(about["learned_from"]),
                    figures=Figures(**about["figures"]),
                    taught=_taught(about),
                )
        except _BROKEN as problem:
            raise BrokenModel(str(problem)) from problem


def lessons_in(source: bytes) -> tuple[str, Mapping[str, str]]:
    """From what a version was learned, and its lessons, without its models. Raises BrokenModel."""
    try:
        with _opened(source) as folder:
            about = _about(folder)
            return str(about["learned_from"]), _taught(about)
    except _BROKEN as problem:
        raise BrokenModel(str(problem)) from problem


def _opened(source: bytes) -> zipfile.ZipFile:
    folder = zipfile.ZipFile(BytesIO(source))
    if sum(entry.file_size for entry in folder.infolist()) > _LARGEST:
        raise BrokenModel("too large")
    return folder


def _about(folder: zipfile.ZipFile) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(folder.read(_ABOUT))
    return about


def _taught(about: Mapping[str, Any]) -> Mapping[str, str]:
    return {str(ticket): str(digest) for ticket, digest in about["taught"].items()}


def _model(folder: zipfile.ZipFile, name: str) -> LinearModel:
    model = LinearModel.from_bytes(folder.read(name))
    if model.labels != _LABELS[name]:
        raise BrokenModel(f"{name} has other labels than it should")
    return model


def _add(folder: zipfile.ZipFile, name: str, content: bytes) -> None:
    # With a fixed date, so that learning again changes nothing but what is learned.
    entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    folder.writestr(entry, content)
