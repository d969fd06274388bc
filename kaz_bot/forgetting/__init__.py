"""Takes out what people wrote: by retention, by their own wish, by an operator's hand."""

from kaz_bot.forgetting.committee import forget_dropped as forget_dropped
from kaz_bot.forgetting.papers import forget_filed as forget_filed
from kaz_bot.forgetting.register import apply_register as apply_register
from kaz_bot.forgetting.register import keep_register as keep_register
from kaz_bot.forgetting.reminders import forget_reason as forget_reason
from kaz_bot.forgetting.solutions import Cleared as Cleared
from kaz_bot.forgetting.solutions import clear_solution as clear_solution
from kaz_bot.forgetting.solutions import forget_edition as forget_edition
from kaz_bot.forgetting.solutions import forget_proposals as forget_proposals
from kaz_bot.forgetting.tasks import forget_parts as forget_parts
from kaz_bot.forgetting.tasks import forget_task as forget_task
from kaz_bot.forgetting.tasks import forget_task_reason as forget_task_reason
from kaz_bot.forgetting.tickets import Forgotten as Forgotten
from kaz_bot.forgetting.tickets import forget_ticket as forget_ticket
from kaz_bot.forgetting.users import forget_user as forget_user
