"""Signs JSON with Ed25519, as Matrix signs keys."""

import json
from base64 import b64decode, b64encode

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from kaz_bot.matrix.shapes import Json


class SigningKey:
    """A secret seed and the public key that belongs to it."""

    def __init__(self, seed: bytes) -> None:
        self._key = ECC.construct(curve="Ed25519", seed=seed)
        self.public = unpadded(self._key.public_key().export_key(format="raw"))

    @property
    def key_id(self) -> str:
        return f"ed25519:{self.public}"

    def sign(self, signed: Json) -> str:
        """The signature of the object, without what must not be signed."""
        return unpadded(eddsa.new(self._key, "rfc8032").sign(canonical(signed)))


def is_signed(signed: Json, signature: object, public: str) -> bool:
    """Whether the signature was made with the secret of the public key."""
    try:
        key = eddsa.import_public_key(padded(public))
        eddsa.new(key, "rfc8032").verify(canonical(signed), padded(str(signature)))
    except ValueError:
        return False
    return True


def canonical(signed: Json) -> bytes:
    """The bytes that are signed (appendices of the specification, signing JSON)."""
    bare = {key: value for key, value in signed.items() if key not in ("signatures", "unsigned")}
    return json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def unpadded(raw: bytes) -> str:
    """Base64 as Matrix writes it."""
    return b64encode(raw).decode().rstrip("=")


def padded(text: str) -> bytes:
    """The bytes of Base64, with or without its end. Raise ValueError."""
    return b64decode(text + "=" * (-len(text) % 4))
