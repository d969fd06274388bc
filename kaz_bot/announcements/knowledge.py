"""Who hears what happened to what is known: one case for each family of events."""

from kaz_bot.announcements.letters import Announcement
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.knowledge.events import KnowledgeHappened


def knowledge_happened(happened: KnowledgeHappened, view: DeskView) -> list[Announcement]:
    """The letters about it, in the order they are to be written."""
    match happened:
        # SolutionHappened, CatalogueHappened, MunicipalityHappened, DigestDue: a case each.
        case _:
            raise TypeError(f"no announcement for {type(happened).__name__} {view.bot}")
