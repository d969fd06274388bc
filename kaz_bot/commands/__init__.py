"""How a verb is declared, found however it is typed, and its arguments understood."""

from kaz_bot.commands.parsing import Arguments as Arguments
from kaz_bot.commands.parsing import Surroundings as Surroundings
from kaz_bot.commands.parsing import arguments as arguments
from kaz_bot.commands.people import Recipients as Recipients
from kaz_bot.commands.people import named_within as named_within
from kaz_bot.commands.refusals import MissingAnswer as MissingAnswer
from kaz_bot.commands.refusals import MissingReminder as MissingReminder
from kaz_bot.commands.refusals import MissingText as MissingText
from kaz_bot.commands.refusals import MissingTicket as MissingTicket
from kaz_bot.commands.refusals import OtherTicket as OtherTicket
from kaz_bot.commands.refusals import TooManyWords as TooManyWords
from kaz_bot.commands.refusals import UnknownArea as UnknownArea
from kaz_bot.commands.refusals import UnknownCommand as UnknownCommand
from kaz_bot.commands.refusals import UnknownPerson as UnknownPerson
from kaz_bot.commands.refusals import UnknownPriority as UnknownPriority
from kaz_bot.commands.verbs import Answer as Answer
from kaz_bot.commands.verbs import Handler as Handler
from kaz_bot.commands.verbs import Outcome as Outcome
from kaz_bot.commands.verbs import Parameter as Parameter
from kaz_bot.commands.verbs import Role as Role
from kaz_bot.commands.verbs import Text as Text
from kaz_bot.commands.verbs import Typed as Typed
from kaz_bot.commands.verbs import Verb as Verb
from kaz_bot.commands.verbs import Verbs as Verbs
from kaz_bot.commands.verbs import typed as typed
from kaz_bot.commands.verbs import verb as verb
