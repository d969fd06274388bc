"""Who hears what happened in the committee: one case for each family of events."""

from kaz_bot.announcements.agendas import item_happened, words_erased
from kaz_bot.announcements.ballots import ballot_happened
from kaz_bot.announcements.decisions import decision_happened
from kaz_bot.announcements.electorate import electorate_happened
from kaz_bot.announcements.letters import Announcement
from kaz_bot.announcements.meetings import meeting_happened
from kaz_bot.announcements.papers import paper_happened
from kaz_bot.announcements.tasks import task_happened
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.committee.ballot_events import BallotHappened
from kaz_bot.domain.committee.decision_events import DecisionHappened
from kaz_bot.domain.committee.electorate_events import ElectorateHappened
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.committee.item_events import ItemHappened
from kaz_bot.domain.committee.meeting_events import MeetingHappened, MeetingWordsErased
from kaz_bot.domain.committee.paper_events import PaperHappened
from kaz_bot.domain.committee.task_events import TaskHappened


def committee_happened(happened: CommitteeHappened, view: DeskView) -> list[Announcement]:
    """The letters about it, in the order they are to be written."""
    match happened:
        case PaperHappened():
            return paper_happened(happened, view)
        case BallotHappened():
            return ballot_happened(happened, view)
        case DecisionHappened():
            return decision_happened(happened, view)
        case ElectorateHappened():
            return [*electorate_happened(happened, view)]
        case TaskHappened():
            return task_happened(happened, view)
        case MeetingHappened():
            return meeting_happened(happened, view)
        case ItemHappened():
            return item_happened(happened, view)
        case MeetingWordsErased():
            return words_erased(happened, view)
    raise TypeError(f"no announcement for {type(happened).__name__}")
