"""Decides what a reaction means: a verb on what that message tells of."""

from collections.abc import Awaitable, Mapping, Sequence

from kaz_bot.commands import Outcome, Role, Verb
from kaz_bot.context import Context, Desk
from kaz_bot.domain.committee.numbers import Series, TaskId, pattern_of
from kaz_bot.domain.committee.tasks import NotYourTask, Task, TaskEnded, TaskNotFound, TaskState
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.letters import StoredLetter
from kaz_bot.domain.reminder_events import ReminderHappened
from kaz_bot.domain.reminders import NotYourReminder, Reminder, ReminderEnded, ReminderNotFound
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import TicketId
from kaz_bot.handlers.asking import NotRateable, ask, choose_area
from kaz_bot.handlers.fitting import fits
from kaz_bot.handlers.tasking import accept, done_task
from kaz_bot.handlers.voting import picked, signed, votes
from kaz_bot.handlers.working import reply
from kaz_bot.messages import PollAnswered, Reacted
from kaz_bot.opening import AskedAlready, open_ticket
from kaz_bot.rights import NotServed, NotYourTicket, served
from kaz_bot.running import Runner
from kaz_bot.store import Work

_REACTING: Mapping[RoomKind, tuple[Role, ...]] = {
    RoomKind.PROJECT: (Role.ASKING, Role.ASKER),
    RoomKind.DIRECT: (Role.ASKING, Role.ASKER),
    RoomKind.AREA: (Role.SPECIALIST,),
}
# A casual reaction is no command: whoever meant nothing by it is not told off.
_UNTOLD = (AskedAlready, NotYourTicket, NotRateable, NotServed)
RECEIPT = "ticket/received"
_ON_TASKS = {key: entry for entry in (accept, done_task) for key in entry.reactions}
# Only these need the words of the message they stand on.
ON_WORDS = frozenset({*ask.reactions, *reply.reactions})


class Pressing:
    """Reactions, one at a time."""

    def __init__(self, desk: Desk, runner: Runner) -> None:
        self._desk = desk
        self._runner = runner

    async def is_costly(self, work: Work, reaction: Reacted, kind: RoomKind) -> bool:
        """Whether the bot may act on it, or answer it."""
        meant = self._desk.verbs.reacted(reaction.key, _REACTING.get(kind, ()))
        if meant not in {None, fits} or self._desk.areas.marked(reaction.key) is not None:
            return True
        # ✅ and ❌ stand under many messages that are no reminder's, and offer no answer.
        if meant is fits and await _offered(work, await work.letters.by_event(reaction.target)):
            return True
        meant = self._desk.verbs.reacted(reaction.key, (Role.PERSON,))
        if meant is not None and await _reminders_at(work, reaction):
            return True
        if kind is RoomKind.COMMITTEE and await votes(work, reaction):
            return True
        return reaction.key in _ON_TASKS and bool(await _tasks_at(work, reaction))

    async def press(self, ctx: Context, reaction: Reacted) -> Outcome:
        """What happens because of it."""
        entry = self._desk.verbs.reacted(reaction.key, _REACTING.get(ctx.room.kind, ()))
        letter = await ctx.work.letters.by_event(reaction.target)
        area = self._desk.areas.marked(reaction.key)
        if ctx.sender not in ctx.state.members or not served(ctx.sender, ctx.settings):
            return None
        if (on_record := await self._on_record(ctx, reaction)) is not None:
            return await on_record
        ticket = letter.ticket_id if letter else await _ticket_of_post(ctx.work, reaction)
        try:
            if letter and letter.template == RECEIPT and area is not None:
                return await self._runner.run(ctx, choose_area, {"area": area, "ticket": ticket})
            if entry is None:
                return None
            if entry is ask:
                return await self._pointed_out(ctx, on_own_letter=letter is not None)
            if entry is fits:
                given = await _offered(ctx.work, letter)
            elif entry is reply and ctx.said is None:
                given = None
            else:
                given = {"ticket": ticket, "text": None} if ticket else None
            return await self._runner.run(ctx, entry, given) if given else None
        except _UNTOLD:
            return None

    async def _on_record(self, ctx: Context, reaction: Reacted) -> Awaitable[Outcome] | None:
        """What it does to the ballot, the reminders or the tasks that the message tells of."""
        if ctx.room.kind is RoomKind.COMMITTEE and await votes(ctx.work, reaction):
            return signed(ctx, reaction)
        if on_reminder := await _reminders_at(ctx.work, reaction):
            return self._reacted_on(ctx, reaction, on_reminder)
        if reaction.key in _ON_TASKS and (on_tasks := await _tasks_at(ctx.work, reaction)):
            return self._on_tasks(ctx, _ON_TASKS[reaction.key], on_tasks)
        return None

    async def _reacted_on(
        self, ctx: Context, reaction: Reacted, reminders: Sequence[Reminder]
    ) -> Outcome:
        """✅ 💤 ❌ on a message that tells of reminders is meant for all of them."""
        entry = self._desk.verbs.reacted(reaction.key, (Role.PERSON,))
        if entry is None:
            return None
        happened: list[DeskEvent] = []
        for reminder in reminders:
            given = {"reminder": reminder.id, "text": None}
            try:
                outcome = await self._runner.run(ctx, entry, given)
            except (ReminderEnded, ReminderNotFound, NotYourReminder):
                # Pressed twice, or by somebody whom it does not concern.
                continue
            happened += [outcome] if isinstance(outcome, ReminderHappened) else []
        return happened

    async def pick(self, ctx: Context, answered: PollAnswered) -> Outcome:
        """The answer to a poll, which is a vote."""
        if ctx.sender not in ctx.state.members or not served(ctx.sender, ctx.settings):
            return None
        return await picked(ctx, answered)

    async def _on_tasks(self, ctx: Context, entry: Verb, tasks: Sequence[TaskId]) -> Outcome:
        """👍 ✅ on a message that tells of a task, or that set it."""
        happened: list[DeskEvent] = []
        for task in tasks:
            try:
                outcome = await self._runner.run(ctx, entry, {"task": task, "text": None})
            except (TaskEnded, TaskNotFound):
                # Pressed twice, or by somebody whom it does not concern.
                continue
            except NotYourTask as refusal:
                # Applause for what is promised already is no try to promise it.
                if _is_promised(refusal) or len(tasks) > 1:
                    continue
                raise
            happened += outcome if isinstance(outcome, list) else []
        return happened

    async def _pointed_out(self, ctx: Context, *, on_own_letter: bool) -> Outcome:
        """🎫: the message becomes its author's question, whoever pointed at it."""
        if ctx.said is None or on_own_letter or ctx.said.notice:
            return None
        if not served(ctx.said.sender, ctx.settings) or ctx.said.sender == self._desk.bot:
            return None
        return await open_ticket(ctx, ctx.said)


async def _offered(work: Work, letter: StoredLetter | None) -> dict[str, object] | None:
    """The answer that the message offers, and to which ticket; nothing if it offers none."""
    if letter is None or not letter.offers or letter.post_id is None:
        return None
    answer = await work.posts.get(letter.post_id)
    return {"solved": answer.ticket_id, "ticket": letter.ticket_id}


async def _reminders_at(work: Work, reaction: Reacted) -> list[Reminder]:
    """What a reaction may be meant for: those the message tells of, or those it set."""
    told = await work.reminders.by_letter(reaction.target)
    if told:
        return told
    about = await work.reminders.about(reaction.target)
    return [reminder for reminder in about if reminder.event_id == reaction.target]


async def _tasks_at(work: Work, reaction: Reacted) -> list[TaskId]:
    """The tasks that the message tells of, or that it set."""
    told = await work.subjects.at(reaction.target)
    numbers = [match for one in told if (match := pattern_of(Series.TASK).match(one))]
    if told:
        return [TaskId(int(match["number"])) for match in numbers]
    return [task.id for task in await work.tasks.set_by(reaction.target)]


def _is_promised(refusal: NotYourTask) -> bool:
    task = refusal.facts.get("task")
    return isinstance(task, Task) and task.state is not TaskState.OPEN


async def _ticket_of_post(work: Work, reaction: Reacted) -> TicketId | None:
    posts = await work.posts.by_event(reaction.target)
    return posts[-1].ticket_id if posts else None
