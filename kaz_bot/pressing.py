"""Decides what a reaction means: a verb on what that message tells of."""

from collections.abc import Awaitable, Mapping, Sequence

from kaz_bot.commands import Outcome, Role, Verb
from kaz_bot.context import Context, Desk
from kaz_bot.domain.committee.numbers import Series, SolutionId, TaskId, pattern_of
from kaz_bot.domain.committee.tasks import NotYourTask, Task, TaskEnded, TaskNotFound, TaskState
from kaz_bot.domain.events import DeskEvent
from kaz_bot.domain.knowledge.solution_lines import SolutionOrder
from kaz_bot.domain.knowledge.solutions import ReadAnew
from kaz_bot.domain.letters import StoredLetter
from kaz_bot.domain.reminder_events import ReminderHappened
from kaz_bot.domain.reminders import NotYourReminder, Reminder, ReminderEnded, ReminderNotFound
from kaz_bot.domain.rooms import RoomKind
from kaz_bot.domain.tickets import TicketId
from kaz_bot.handlers.asking import NotRateable, ask, choose_area
from kaz_bot.handlers.fitting import fits, fits_solution
from kaz_bot.handlers.municipality import chosen_by, municipality
from kaz_bot.handlers.solutions import solution
from kaz_bot.handlers.tasking import accept, done_task
from kaz_bot.handlers.voting import picked, signed, votes
from kaz_bot.handlers.working import reply
from kaz_bot.messages import PollAnswered, Reacted
from kaz_bot.opening import AskedAlready, open_ticket
from kaz_bot.rights import NotServed, NotYourTicket, served
from kaz_bot.running import ASKING_ROOMS, Runner
from kaz_bot.solving import OFFERED
from kaz_bot.store import Work

_REACTING: Mapping[RoomKind, tuple[Role, ...]] = {
    RoomKind.PROJECT: (Role.ASKING, Role.ASKER),
    RoomKind.DIRECT: (Role.ASKING, Role.ASKER),
    RoomKind.AREA: (Role.SPECIALIST,),
}
# A casual reaction is no command: whoever meant nothing by it is not told off.
_UNTOLD = (AskedAlready, NotYourTicket, NotRateable, NotServed)
# The letters that ask a second specialist to read a solution and to release it.
TO_READ = frozenset({"solution/proposed", "solution/changed"})
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
        if meant not in {None, fits, solution} or self._desk.areas.marked(reaction.key) is not None:
            return True
        # ✅ and ❌ stand under many messages that are no reminder's, and offer no answer.
        letter = await work.letters.by_event(reaction.target)
        if meant is fits and (_is_offer(letter) or await _offered(work, letter)):
            return True
        if meant is solution and await _to_release(work, letter) is not None:
            return True
        meant = self._desk.verbs.reacted(reaction.key, (Role.PERSON,))
        if meant is not None and await _reminders_at(work, reaction):
            return True
        if kind is RoomKind.COMMITTEE and await votes(work, reaction):
            return True
        if await chosen_by(work, reaction.target, reaction.key) is not None:
            return True
        return reaction.key in _ON_TASKS and bool(await _tasks_at(work, reaction))

    async def press(self, ctx: Context, reaction: Reacted) -> Outcome:
        """What happens because of it."""
        entry = self._desk.verbs.reacted(reaction.key, _REACTING.get(ctx.room.kind, ()))
        letter = await ctx.work.letters.by_event(reaction.target)
        chosen = await chosen_by(ctx.work, reaction.target, reaction.key)
        area = self._desk.areas.marked(reaction.key)
        if ctx.sender not in ctx.state.members or not served(ctx.sender, ctx.settings):
            return None
        if (on_record := await self._on_record(ctx, reaction)) is not None:
            return await on_record
        if chosen is not None and ctx.room.kind in ASKING_ROOMS:
            return await self._runner.run(ctx, municipality, {"text": chosen})
        ticket = letter.ticket_id if letter else await _ticket_of_post(ctx.work, reaction)
        try:
            if letter and letter.template == RECEIPT and area is not None:
                return await self._runner.run(ctx, choose_area, {"area": area, "ticket": ticket})
            if entry is None:
                return None
            if entry is ask:
                return await self._pointed_out(ctx, on_own_letter=letter is not None)
            if entry is fits:
                entry, given = await self._fitting(ctx, letter)
            elif entry is solution or (entry is reply and ctx.said is None):
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
        if on_solution := await self._to_release(ctx, reaction):
            return self._release(ctx, *on_solution)
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

    async def _fitting(
        self, ctx: Context, letter: StoredLetter | None
    ) -> tuple[Verb, dict[str, object] | None]:
        """✅ on an offer: an answer that somebody was given before, or a model solution."""
        numbers = await _solutions_at(ctx.work, letter) if _is_offer(letter) else []
        if letter is not None and numbers:
            return fits_solution, {"solution": numbers[0], "ticket": letter.ticket_id}
        return fits, await _offered(ctx.work, letter)

    async def _to_release(
        self, ctx: Context, reaction: Reacted
    ) -> tuple[SolutionId, StoredLetter] | None:
        """The solution that a specialist's sign is meant for, and what they have read."""
        letter = await ctx.work.letters.by_event(reaction.target)
        if ctx.room.kind is not RoomKind.AREA or reaction.key not in solution.reactions:
            return None
        number = await _to_release(ctx.work, letter)
        return (number, letter) if letter is not None and number is not None else None

    async def _release(self, ctx: Context, number: SolutionId, read: StoredLetter) -> Outcome:
        """That edition, and no later one; pressed twice, or too late, it changes nothing."""
        found = await ctx.work.solutions.get(number)
        if found.released_edition == found.edition or found.withdrawn_at is not None:
            return None
        if read.written_at < (await ctx.work.solutions.edition(found)).written_at:
            raise ReadAnew(solution=found, prefix=ctx.settings.prefix)
        given = {"named": number, "ticket": None, "text": SolutionOrder.RELEASE.value}
        return await self._runner.run(ctx, solution, given)

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


def _is_offer(letter: StoredLetter | None) -> bool:
    return letter is not None and letter.template == OFFERED


async def _solutions_at(work: Work, letter: StoredLetter | None) -> list[SolutionId]:
    """The solutions that the message tells of."""
    told = await work.subjects.at(letter.event_id) if letter and letter.event_id else []
    found = (pattern_of(Series.SOLUTION).match(one) for one in told)
    return [SolutionId(int(match["number"])) for match in found if match]


async def _to_release(work: Work, letter: StoredLetter | None) -> SolutionId | None:
    """The solution that the message asks somebody to read and release."""
    if letter is None or letter.template not in TO_READ:
        return None
    numbers = await _solutions_at(work, letter)
    return numbers[0] if numbers else None


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
