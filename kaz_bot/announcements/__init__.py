"""Who hears about what: from what happened to letters, by one pure function."""

from kaz_bot.announcements.arrivals import moved, opened, routed
from kaz_bot.announcements.blocks import block_happened
from kaz_bot.announcements.committee import committee_happened
from kaz_bot.announcements.digests import digest_told
from kaz_bot.announcements.knowledge import knowledge_happened
from kaz_bot.announcements.letters import Announcement
from kaz_bot.announcements.municipalities import municipality_asked, municipality_happened
from kaz_bot.announcements.offers import answered_before, answers_suggested
from kaz_bot.announcements.places import both, to_area, to_asker
from kaz_bot.announcements.posts import asker_wrote, edited, erased, is_private, post_to_asker
from kaz_bot.announcements.reminding import reminder_happened, reminders_due
from kaz_bot.announcements.rooms import (
    binding_refused,
    key_missing,
    room_bound,
    suggested,
    to_admins,
)
from kaz_bot.announcements.service_levels import target_escalated, target_missed, target_near
from kaz_bot.announcements.solutions import reused_solution, solutions_suggested
from kaz_bot.announcements.steps import assigned, closed, merged, prioritised, reopened, resolved
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.block_events import (
    TicketBlocked,
    TicketStillBlocked,
    TicketUnblocked,
    TicketWoken,
)
from kaz_bot.domain.committee.events import CommitteeHappened
from kaz_bot.domain.digest_events import DigestTold
from kaz_bot.domain.events import (
    AnswersSuggested,
    AskerWrote,
    BindingRefused,
    DeskEvent,
    KeyMissing,
    LettersRejected,
    MunicipalityAsked,
    NoteTaken,
    PostEdited,
    PostErased,
    RoomBound,
    RoomLost,
    SolutionsSuggested,
    SpecialistAnswered,
    SpecialistQueried,
    TicketAnsweredBefore,
    TicketAskedFor,
    TicketAssigned,
    TicketClaimed,
    TicketClosed,
    TicketLeads,
    TicketMerged,
    TicketMoved,
    TicketOpened,
    TicketPrioritised,
    TicketRated,
    TicketReleased,
    TicketReopened,
    TicketResolved,
    TicketReusedSolution,
    TicketRouted,
    TicketSuggested,
    TicketWithdrawn,
)
from kaz_bot.domain.knowledge.events import KnowledgeHappened
from kaz_bot.domain.municipality_events import MunicipalityHappened
from kaz_bot.domain.reminder_events import ReminderHappened, RemindersDue
from kaz_bot.domain.service_events import TargetEscalated, TargetMissed, TargetNear


# One case per kind of event is a table to read, not a tangle to follow.
def announce(happened: DeskEvent, view: DeskView) -> list[Announcement]:  # noqa: PLR0911, PLR0912, PLR0915
    """The letters about what happened, in the order they are to be written."""
    match happened:
        case TicketOpened():
            return opened(happened, view)
        case AnswersSuggested():
            return answers_suggested(happened, view)
        case SolutionsSuggested():
            return solutions_suggested(happened, view)
        case TicketClaimed(ticket, by=by, doubles=doubles):
            facts = {
                "specialist": view.person(ticket.assignee or view.bot),
                "doubles": doubles,
            }
            return both(
                happened, view, asker="ticket/claimed_for_asker", area="ticket/claimed", facts=facts
            )
        case TicketReleased(by=by):
            facts = {"specialist": view.person(by or view.bot)}
            return both(
                happened,
                view,
                asker="ticket/released_for_asker",
                area="ticket/released",
                facts=facts,
            )
        case TicketAssigned():
            return assigned(happened, view)
        case TicketRouted():
            return routed(happened, view)
        case TicketMoved():
            return moved(happened, view)
        case AskerWrote():
            return asker_wrote(happened, view)
        case SpecialistAnswered(post=post):
            return [
                *post_to_asker(happened, view, post, "ticket/answer"),
                *to_area(
                    happened,
                    view,
                    "ticket/answer_sent",
                    {"private": is_private(happened.ticket, post, view)},
                ),
            ]
        case SpecialistQueried(post=post):
            return [
                *post_to_asker(happened, view, post, "ticket/query"),
                *to_area(
                    happened,
                    view,
                    "ticket/waiting",
                    {"private": is_private(happened.ticket, post, view)},
                ),
            ]
        case NoteTaken(asked=asked):
            return [*to_area(happened, view, "ticket/noted", {})] if asked else []
        case TicketResolved():
            return resolved(happened, view)
        case TicketClosed():
            return closed(happened, view)
        case TicketAnsweredBefore():
            return answered_before(happened, view)
        case TicketReusedSolution():
            return reused_solution(happened, view)
        case TicketWithdrawn(by=by):
            return both(
                happened,
                view,
                asker="ticket/withdrawn_for_asker",
                area="ticket/withdrawn",
                facts={},
            )
        case TicketReopened():
            return reopened(happened, view)
        case TicketLeads(former=former):
            return [*to_area(happened, view, "ticket/leads_now", {"former": former})]
        case TicketMerged():
            return merged(happened, view)
        case TicketPrioritised():
            return prioritised(happened, view)
        case TicketRated(rating=rating):
            return [*to_asker(happened, view, "ticket/rated", {"rating": rating})]
        case TicketBlocked() | TicketUnblocked() | TicketWoken() | TicketStillBlocked():
            return block_happened(happened, view)
        case TargetNear():
            return target_near(happened, view)
        case TargetMissed():
            return target_missed(happened, view)
        case TargetEscalated():
            return target_escalated(happened, view)
        case PostEdited(post=post):
            return edited(happened, view, post)
        case PostErased(post=post):
            return erased(happened, view, post)
        case ReminderHappened():
            return reminder_happened(happened, view)
        case RemindersDue():
            return reminders_due(happened, view)
        case CommitteeHappened():
            return committee_happened(happened, view)
        case KnowledgeHappened():
            return knowledge_happened(happened, view)
        case MunicipalityHappened():
            return municipality_happened(happened, view)
        case MunicipalityAsked():
            return municipality_asked(happened, view)
        case TicketAskedFor():
            return []
        case DigestTold():
            return digest_told(happened, view)
        case RoomBound():
            return room_bound(happened, view)
        case BindingRefused():
            return binding_refused(happened, view)
        case RoomLost():
            return to_admins(
                view,
                "room/lost",
                {"room": happened.room, "by": view.person(happened.by) if happened.by else None},
            )
        case TicketSuggested():
            return suggested(happened)
        case KeyMissing():
            return key_missing(happened, view)
        case LettersRejected(count=count, problems=problems, tickets=tickets):
            numbers = [view.number(ticket) for ticket in tickets]
            return to_admins(
                view,
                "letters/rejected",
                {"count": count, "problems": problems, "tickets": numbers},
            )
    raise TypeError(f"no announcement for {type(happened).__name__}")
