"""Makes a version: learns the three models, and sets how sure each must be."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kaz_bot.routing import corpus
from kaz_bot.routing.features import AREAS, NOWHERE
from kaz_bot.routing.figures import calibration_error, share
from kaz_bot.routing.intent import CHATTER, QUESTION, intent_features
from kaz_bot.routing.learning import everyday, subjects
from kaz_bot.routing.learning.fitting import Matter
from kaz_bot.routing.learning.judging import Heldout, held_out, honest_temperature, threshold
from kaz_bot.routing.model import LinearModel
from kaz_bot.routing.shipped import fingerprint
from kaz_bot.routing.urgency import CALM, INCIDENT, PRESSING, urgency_features
from kaz_bot.routing.version import Figures, Thresholds, Version

# Of what people ask the desk about one in twenty belongs nowhere; in the corpus it is more.
SHARE_OF_NOWHERE = 0.05
# The goals are 2 % false offers and 1 % false alarms; what is unseen is always a little harder.
FALSE_OFFERS, FALSE_ALARMS, FALSE_INCIDENTS = 0.012, 0.006, 0.003
# Of a few hundred messages none may alarm falsely at a threshold that hardly means anything.
LEAST_ALARM = 0.15

Tell = Callable[[str], object]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """A matter with the scores of its lessons unseen, and the temperature that makes them honest.

    `shift` is what some labels are rarer in life than in the corpus, as a change of their bias.
    """

    judged: Heldout
    temperature: float
    shift: Mapping[str, float]

    def model(self) -> LinearModel:
        """Learned from everything."""
        learned = self.judged.matter.learned()
        return learned.shifted(**self.shift).at(self.temperature)


def judge_areas(matter: Matter, *, by_hand: bool = False) -> Judgement:
    """How sure one may be of an area."""
    labels = [lesson.label for lesson in matter.lessons]
    nowhere = labels.count(NOWHERE)
    odds = SHARE_OF_NOWHERE / (1 - SHARE_OF_NOWHERE) * (len(labels) - nowhere) / max(1, nowhere)
    judged = held_out(matter, by_hand=by_hand)
    # The bias is moved in logits, and logits are scores divided by the temperature.
    temperature = 0.3
    for _ in range(3):
        shift = {NOWHERE: temperature * math.log(odds)}
        temperature = honest_temperature(judged, AREAS, shift)
    return Judgement(judged=judged, temperature=temperature, shift=shift)


def judge(matter: Matter) -> Judgement:
    """How sure one may be of a label."""
    judged = held_out(matter)
    temperature = honest_temperature(judged, matter.labels)
    return Judgement(judged=judged, temperature=temperature, shift={})


def thresholds(intent: LinearModel, urgency: LinearModel) -> Thresholds:
    """From where on the word of a model is taken, by what it says of everyday messages."""
    offered = [
        intent.probabilities(intent_features(message.text))[QUESTION]
        for message in everyday.messages()
        if not message.is_question
    ]
    pressed = [
        (question, urgency.probabilities(urgency_features(question.text)))
        for question in everyday.questions()
    ]
    return Thresholds(
        question=threshold(offered, FALSE_OFFERS),
        urgent=max(
            LEAST_ALARM,
            threshold(
                [1 - chances[CALM] for question, chances in pressed if not question.urgent],
                FALSE_ALARMS,
            ),
        ),
        incident=max(
            LEAST_ALARM,
            threshold(
                [chances[INCIDENT] for question, chances in pressed if not question.incident],
                FALSE_INCIDENTS,
            ),
        ),
    )


def made(tell: Tell) -> Version:
    """The version learned from the corpus."""
    tell("areas")
    areas = judge_areas(subjects.areas(subjects.Shelf.shipped()))
    calls = areas.judged.calls(AREAS, areas.temperature, areas.shift)
    right = share([call.right for call in calls])
    error = calibration_error([(call.confidence, call.right) for call in calls])
    tell(f"  right {right}, calibration error {error:.3f} at {areas.temperature}")
    tell("intent")
    intent = judge(subjects.intent())
    tell("urgency")
    urgency = judge(subjects.urgency())
    models = intent.model(), urgency.model()
    found = thresholds(*models)
    for name, value in told(intent, urgency, found).items():
        tell(f"  {name}: {value}")
    tell(f"  {found}")
    return Version(
        areas=areas.model(),
        intent=models[0],
        urgency=models[1],
        thresholds=found,
        learned_from=fingerprint(),
        figures=Figures(right=right.hits, of=right.of, calibration_error=round(error, 4)),
    )


def told(intent: Judgement, urgency: Judgement, at: Thresholds) -> dict[str, str]:
    """What is reached at these thresholds, of lessons unseen; the corpus is harder than life."""
    meant = list(intent.judged.chances(intent.temperature, {}))
    pressed = list(urgency.judged.chances(urgency.temperature, {}))
    alarmed = [
        (lesson.label, chances[INCIDENT] >= at.incident or 1 - chances[CALM] >= at.urgent)
        for lesson, chances in pressed
    ]
    incidents = [(lesson.label, chances[INCIDENT] >= at.incident) for lesson, chances in pressed]
    offers = [(lesson.label, chances[QUESTION] >= at.question) for lesson, chances in meant]
    return {
        "questions offered a ticket": _of(offers, {QUESTION}),
        "false offers": _of(offers, {CHATTER}),
        "urgent, recall": _of(alarmed, {PRESSING, INCIDENT}),
        "urgent, false alarms": _of(alarmed, {CALM}),
        "incident, recall": _of(incidents, {INCIDENT}),
        "incident, false alarms": _of(incidents, {CALM, PRESSING}),
    }


def _of(outcomes: Sequence[tuple[str, bool]], labels: set[str]) -> str:
    return str(share([said for label, said in outcomes if label in labels]))


def sizes() -> dict[str, int]:
    """How many lines the corpus has of what."""
    counts = {area: sum(example.label == area for example in corpus.questions()) for area in AREAS}
    return {
        **counts,
        "asked": len(corpus.asked()),
        "chatter": len(corpus.chatter()),
        "nowhere": len(corpus.nowhere()),
    }
