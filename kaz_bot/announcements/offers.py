"""Answers that were given before: offered to whoever asks nearly the same, and taken."""

from dataclasses import replace

from kaz_bot.announcements.letters import Announcement
from kaz_bot.announcements.places import asker_room, both, spot_of
from kaz_bot.announcements.posts import carrying
from kaz_bot.announcements.view import DeskView
from kaz_bot.domain.events import AnswersSuggested, TicketAnsweredBefore
from kaz_bot.domain.threads import Side

FITS = "✅"


def answers_suggested(happened: AnswersSuggested, view: DeskView) -> list[Announcement]:
    """A letter for each answer, with the sign to press. Nobody is called: they are just there."""
    thread = view.thread(happened.ticket.id, Side.ASKER)
    room = asker_room(happened.ticket, view)
    if thread is None or room is None:
        return []
    letters = [
        carrying(happened, view, spot_of(thread), post, template="ticket/suggested", room=room)
        for post in happened.posts
    ]
    return [replace(letter, loud=False, reactions=(FITS,)) for letter in letters]


def answered_before(happened: TicketAnsweredBefore, view: DeskView) -> list[Announcement]:
    """Both sides hear which answer it was."""
    return both(
        happened,
        view,
        asker="ticket/answered_before_for_asker",
        area="ticket/answered_before",
        facts={"solved": happened.solved},
    )
