"""Sorts out the devices in a key query whose keys are none."""

import binascii
from base64 import b64decode

from kaz_bot.matrix.shapes import Json, at, mapping

_KEY_BYTES = 32
_SIGNATURE_BYTES = 64


def wellformed_devices(answer: Json) -> dict[str, dict[str, object]]:
    """The devices of each user that have what every device has.

    nio stops at the first that lacks it, and vodozemac 0.10 panics at an Ed25519 key of 33 bytes,
    with an error that nobody catches: any user could silence the bot by publishing one.
    """
    return {
        user: {
            device: keys
            for device, keys in mapping(devices).items()
            if _is_device(keys, user, device)
        }
        for user, devices in mapping(answer.get("device_keys")).items()
    }


def _is_device(device: object, user: str, device_id: str) -> bool:
    published, signer = mapping(device), f"ed25519:{device_id}"
    return (
        published.get("user_id") == user
        and published.get("device_id") == device_id
        and isinstance(published.get("unsigned", {}), dict)
        and isinstance(published.get("signatures"), dict)
        and _has_bytes(at(published, "keys", signer), _KEY_BYTES)
        and _has_bytes(at(published, "keys", f"curve25519:{device_id}"), _KEY_BYTES)
        and _has_bytes(at(published, "signatures", user, signer), _SIGNATURE_BYTES)
    )


def _has_bytes(value: object, count: int) -> bool:
    """Whether it is unpadded Base64 of so many bytes."""
    if not isinstance(value, str):
        return False
    try:
        return len(b64decode(value + "=" * (-len(value) % 4), validate=True)) == count
    except (binascii.Error, ValueError):
        return False
