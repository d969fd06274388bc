"""Makes the public keys of our device: what others need to send it encrypted messages."""

from collections.abc import Mapping
from typing import Any

from nio.crypto import Olm

from kaz_bot.matrix.room_keys import MEGOLM
from kaz_bot.matrix.shapes import Json, integer

_OLM = "m.olm.v1.curve25519-aes-sha2"


class OwnKeys:
    """Device keys, one-time keys and a fallback key; all are stored before they are published."""

    def __init__(self, olm: Olm) -> None:
        self._olm = olm
        # Nothing before the first sync has told.
        self._fallback_key_is_used: bool | None = None

    def count(self, sync: Json) -> None:
        """What the homeserver still has of them."""
        counts = sync.get("device_one_time_keys_count")
        # An account without one-time keys may be told so by a count that is not there.
        if isinstance(counts, dict):
            self._olm.uploaded_key_count = integer(counts.get("signed_curve25519")) or 0
        unused = sync.get("device_unused_fallback_key_types")
        if isinstance(unused, list):
            self._fallback_key_is_used = "signed_curve25519" not in unused

    def device_keys(self) -> Json:
        """This device as everybody sees it, signed by itself."""
        keys = self._olm.account.identity_keys
        device = {
            "algorithms": [_OLM, MEGOLM],
            "device_id": self._olm.device_id,
            "user_id": self._olm.user_id,
            "keys": {
                f"{kind}:{self._olm.device_id}": keys[kind] for kind in ("curve25519", "ed25519")
            },
        }
        return {**device, "signatures": self._signature(device)}

    def unpublished(self) -> Json:
        """The body of the upload that is due; empty when none is.

        Everything in it is stored: what is published and forgotten could never be answered.
        """
        account, body = self._olm.account, {}
        count = self._olm.uploaded_key_count if account.shared else 0
        if not account.shared:
            body["device_keys"] = self.device_keys()
        if count is not None and count < account.max_one_time_keys:
            waiting = len(account.one_time_keys["curve25519"])
            account.generate_one_time_keys(max(account.max_one_time_keys - count - waiting, 0))
            body["one_time_keys"] = self._signed(account.one_time_keys["curve25519"])
        if not account.shared or self._fallback_key_is_used:
            body["fallback_keys"] = self._signed(self._fallback_key(), fallback=True)
        if body:
            self._olm.save_account()
        return body

    def _fallback_key(self) -> Mapping[str, str]:
        """For who writes when all one-time keys are used up. One that waits is used first."""
        # Neither nio nor the type stubs of vodozemac have a word for fallback keys.
        account: Any = self._olm.account._account
        if not account.fallback_key:
            account.generate_fallback_key()
        return {id_: key.to_base64() for id_, key in account.fallback_key.items()}

    def mark_published(self, one_time_keys: int) -> None:
        """The homeserver has them now, so many in all."""
        self._olm.account.shared = True
        self._olm.account.mark_keys_as_published()
        self._olm.uploaded_key_count = one_time_keys
        if self._fallback_key_is_used:
            self._fallback_key_is_used = False
        self._olm.save_account()

    def pass_over(self) -> None:
        """Make others the next time; the homeserver does not take these."""
        self._olm.account.mark_keys_as_published()
        self._olm.save_account()

    def _signed(self, keys: Mapping[str, str], **more: object) -> dict[str, Json]:
        unsigned = {f"signed_curve25519:{id_}": {"key": key, **more} for id_, key in keys.items()}
        return {id_: {**key, "signatures": self._signature(key)} for id_, key in unsigned.items()}

    def _signature(self, signed: Json) -> Json:
        signature = self._olm.sign_json(dict(signed))
        return {self._olm.user_id: {f"ed25519:{self._olm.device_id}": signature}}
