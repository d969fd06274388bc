"""Tells the operator how far the bot's device can be trusted by others."""

import json
from dataclasses import dataclass

from kaz_bot.matrix.api import Api
from kaz_bot.matrix.cross_signing import CrossSigning
from kaz_bot.matrix.machine import Machine
from kaz_bot.matrix.shapes import Json, at, integer, items
from kaz_bot.messages import UserId

_QUICK_SYNC: Json = {
    "room": {"rooms": []},
    "presence": {"types": []},
    "account_data": {"types": []},
}


@dataclass(frozen=True, kw_only=True)
class IdentityReport:
    """How the device stands on the homeserver."""

    user_id: UserId
    device_id: str
    fingerprint: str
    identity_exists: bool
    identity_is_ours: bool
    device_signed: bool
    one_time_keys: int
    fallback_key: bool


async def report(api: Api, machine: Machine, cross_signing: CrossSigning) -> IdentityReport:
    published = await cross_signing.published()
    counts = await api.post("keys", "upload", body={})
    query = {"filter": json.dumps(_QUICK_SYNC), "timeout": "0", "set_presence": "offline"}
    unused = items((await api.get("sync", query=query)).get("device_unused_fallback_key_types"))
    return IdentityReport(
        user_id=machine.user_id,
        device_id=machine.device_id,
        fingerprint=machine.ed25519,
        identity_exists=published.master is not None,
        identity_is_ours=cross_signing.is_ours(published),
        device_signed=published.device_signed,
        one_time_keys=integer(at(counts, "one_time_key_counts", "signed_curve25519")) or 0,
        fallback_key="signed_curve25519" in unused,
    )
