"""Who hears what happened to what is known: one case for each family of events."""

from kaz_bot.announcements.catalogue import catalogue_happened
from kaz_bot.announcements.letters import Announcement
from kaz_bot.announcements.solutions import solution_happened
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.knowledge.catalogue_events import CatalogueHappened
from kaz_bot.domain.knowledge.events import KnowledgeHappened
from kaz_bot.domain.knowledge.solution_events import SolutionHappened


def knowledge_happened(happened: KnowledgeHappened, view: DeskView) -> list[Announcement]:
    """The letters about it, in the order they are to be written."""
    match happened:
        case CatalogueHappened():
            return catalogue_happened(happened, view)
        case SolutionHappened():
            return solution_happened(happened, view)
        # MunicipalityHappened, DigestDue: a case each.
        case _:
            raise TypeError(f"no announcement for {type(happened).__name__} {view.bot}")
