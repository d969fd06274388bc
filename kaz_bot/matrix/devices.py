"""Sorts out the devices in a key query whose keys are none: nio stops at the first of them."""

import vodozemac

from kaz_bot.matrix.shapes import Json, mapping


def wellformed_devices(answer: Json) -> dict[str, dict[str, object]]:
    """The devices of each user that have what every device has."""
    return {
        user: {
            device: keys
            for device, keys in mapping(devices).items()
            if _is_device(keys, user, device)
        }
        for user, devices in mapping(answer.get("device_keys")).items()
    }


def _is_device(keys: object, user: str, device: str) -> bool:
    published = mapping(keys)
    unsigned = published.get("unsigned", {})
    signature = mapping(mapping(published.get("signatures")).get(user)).get(f"ed25519:{device}")
    if published.get("user_id") != user or published.get("device_id") != device:
        return False
    if not isinstance(unsigned, dict) or not isinstance(signature, str):
        return False
    public = mapping(published.get("keys"))
    try:
        vodozemac.Ed25519PublicKey.from_base64(str(public.get(f"ed25519:{device}")))
        vodozemac.Ed25519Signature.from_base64(signature)
        vodozemac.Curve25519PublicKey.from_base64(str(public.get(f"curve25519:{device}")))
    except (vodozemac.KeyException, vodozemac.SignatureException, ValueError):
        return False
    return True
