"""Marks letters that only repeat words of a record, so that they go when those are taken back."""

from kaz_bot.domain.committee.numbers import Subject
from kaz_bot.domain.reminders import ReminderId
from kaz_bot.domain.tickets import TicketId


def about_ticket(number: TicketId) -> Subject:
    """What a letter that repeats the question is found by."""
    return quoting(Subject(f"ticket-{number}"))


def about_reminder(number: ReminderId) -> Subject:
    """The same for what a deadline is about."""
    return quoting(Subject(f"reminder-{number}"))


def quoting(subject: Subject) -> Subject:
    """What letters are found by that only repeat words of the record: a sign or a command under
    them is not meant for it."""
    return Subject(f"quoted {subject}")
