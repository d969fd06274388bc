"""Hands out all that is stored about one person, for them and for programs."""

import json
import re
from pathlib import Path

from kaz_bot.config import Settings
from kaz_bot.matrix.files import make_folder
from kaz_bot.messages import UserId
from kaz_bot.operations.handing_out import document, keep
from kaz_bot.operations.records import opened
from kaz_bot.portraits import (
    Portrait,
    Sight,
    affiliation_of,
    calendar_of,
    committee_records,
    digest_order_of,
    portrait_of,
    records_in,
)
from kaz_bot.texts import Quoted, Texts

# The operator sees everything; whoever hands it on leaves out what is others' business.
_UNSAFE = re.compile(r"[^\w.@-]+")


async def disclose(settings: Settings, texts: Texts, person: UserId, folder: Path) -> Path:
    """Write a folder for the person; which."""
    async with opened(settings) as store, store.work() as work:
        portrait = await portrait_of(work, person)
    own = folder / _UNSAFE.sub("_", person)
    make_folder(folder)
    make_folder(own)
    page = texts.render("export/person", settings.language, _facts(portrait))
    keep(own / "person.json", json.dumps(_data(settings, portrait), indent=1, ensure_ascii=False))
    keep(own / "person.html", document(page.html, person, settings.language))
    keep(own / "person.txt", page.body + "\n")
    return own


def _facts(portrait: Portrait) -> dict[str, object]:
    return {
        "person": portrait.person,
        "tickets": portrait.tickets,
        "posts": [(post, Quoted(post.text, post.html or "")) for post in portrait.posts],
        "reminders": len(portrait.reminders),
        "committee": portrait.counts,
        "feed": portrait.feed,
        "digest": portrait.digest,
        "municipality": portrait.municipality,
    }


def _data(settings: Settings, portrait: Portrait) -> dict[str, object]:
    sight = Sight(
        encrypted=True,
        ticket_prefix=settings.ticket_prefix,
        reads=lambda _: True,
        is_in=lambda _: True,
    )
    committee: dict[str, list[object]] = {kind: [] for kind in portrait.counts}
    for record in committee_records(portrait.committee, portrait.person, sight):
        committee[record.kind].append(record.said)
    data: dict[str, list[object]] = {"tickets": [], "posts": [], "reminders": []}
    for record in records_in(portrait, sight):
        data[record.kind].append(record.said)
    calendar = calendar_of(portrait.feed)
    return {
        "person": portrait.person,
        **data,
        "committee": committee,
        "calendar": calendar,
        "digest": digest_order_of(portrait.digest),
        "municipality": affiliation_of(portrait.affiliation),
    }
