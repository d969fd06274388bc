"""Whether the bot can log in, has its keys together, and others can trust its device."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kaz_bot.config import Settings
from kaz_bot.errors import IdentityError, LoggedOut
from kaz_bot.matrix.api import Api, HomeserverRefused
from kaz_bot.matrix.identity import IdentityFolder, Marker
from kaz_bot.matrix.shapes import Json, at, mapping, objects, text
from kaz_bot.matrix.signing import SigningKey, is_signed
from kaz_bot.messages import UserId
from kaz_bot.operations.check.findings import Finding, ok, problem, warning

_PASSWORD = "m.login.password"  # noqa: S105 -- the name of a way to log in


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """What came of logging in. A `passing` device was made for this check and is to go again."""

    finding: Finding
    succeeded: bool
    passing: bool = False


@dataclass(frozen=True, kw_only=True)
class Published:
    """What everybody can learn about the account; `device` is empty if nothing was uploaded."""

    master: str
    device: str
    device_signed: bool


async def sign_in(api: Api, settings: Settings, ways: Json) -> SignedIn:
    """Log in as the bot would; `ways` is what the homeserver offers."""
    folder = IdentityFolder(settings.data_dir)
    try:
        folder.check()
        login = folder.login()
    except IdentityError as broken:
        return SignedIn(finding=problem("identity_broken", why=str(broken)), succeeded=False)
    if token := settings.access_token or (login.access_token if login else ""):
        return await _with_token(api, settings, token)
    if _PASSWORD not in {way.get("type") for way in objects(ways.get("flows"))}:
        finding = problem("login_without_password", url=settings.homeserver)
        return SignedIn(finding=finding, succeeded=False)
    return await _with_password(api, settings)


async def _with_token(api: Api, settings: Settings, token: str) -> SignedIn:
    api.access_token = token
    try:
        who = await api.get("account", "whoami")
    except LoggedOut:
        return await _with_ended_token(api, settings)
    user, device = text(who.get("user_id")) or "", text(who.get("device_id")) or ""
    if user != settings.user_id:
        facts = {"user": user, "expected": settings.user_id}
        return SignedIn(finding=problem("login_other_user", **facts), succeeded=False)
    if settings.access_token and settings.device_id not in {"", device}:
        facts = {"device": device, "expected": settings.device_id}
        return SignedIn(finding=problem("login_other_device", **facts), succeeded=False)
    return SignedIn(finding=ok("login_ok", user=user, device=device), succeeded=True)


async def _with_ended_token(api: Api, settings: Settings) -> SignedIn:
    """The bot would log in again as the device it has always been; we only see whether it can."""
    api.access_token = ""
    if settings.access_token or not settings.password:
        topic = "login_token_rejected" if settings.access_token else "login_ended"
        return SignedIn(finding=problem(topic, user=settings.user_id), succeeded=False)
    tried = await _with_password(api, settings)
    if not tried.succeeded:
        return tried
    return replace(tried, finding=warning("login_to_be_renewed", user=settings.user_id))


async def _with_password(api: Api, settings: Settings) -> SignedIn:
    body = {
        "type": _PASSWORD,
        "identifier": {"type": "m.id.user", "user": settings.user_id},
        "password": settings.password,
        "initial_device_display_name": "kaz-bot check",
    }
    try:
        answer = await api.post("login", body=body)
    except HomeserverRefused as refusal:
        facts = {"user": settings.user_id, "answer": str(refusal)}
        return SignedIn(finding=problem("login_password_rejected", **facts), succeeded=False)
    api.access_token = text(answer.get("access_token")) or ""
    finding = ok("login_password_ok", user=settings.user_id)
    return SignedIn(finding=finding, succeeded=True, passing=True)


async def sign_out(api: Api) -> None:
    """Let the passing device go."""
    await api.post("logout", body={})


async def check_device(api: Api, settings: Settings) -> list[Finding]:
    """What is to be said about the keys here, and what the homeserver publishes of them."""
    folder = IdentityFolder(settings.data_dir)
    if not folder.is_complete:
        state = "identity_new" if folder.login() is None else "identity_interrupted"
        published = await _published(api, settings.user_id, device_id="")
        return [ok(state), _signature_to_come(published, settings)]
    marker = folder.marker()
    published = await _published(api, marker.user_id, marker.device_id)
    own_master = SigningKey(folder.seeds().master).public
    return [*_device(marker, published), _signature(published, own_master, marker.device_id)]


async def _published(api: Api, user: UserId, device_id: str) -> Published:
    answer = await api.post("keys", "query", body={"device_keys": {user: []}})
    self_signing = _public(at(answer, "self_signing_keys", user))
    device = mapping(at(answer, "device_keys", user, device_id))
    signature = at(device, "signatures", user, f"ed25519:{self_signing}")
    return Published(
        master=_public(at(answer, "master_keys", user)),
        device=text(at(device, "keys", f"ed25519:{device_id}")) or "",
        device_signed=bool(self_signing) and is_signed(device, signature, self_signing),
    )


def _public(key: object) -> str:
    """The public half of a cross-signing key, which is the only one in its `keys`."""
    publics = mapping(mapping(key).get("keys")).values()
    return next((text(public) or "" for public in publics), "")


def _device(marker: Marker, published: Published) -> Iterator[Finding]:
    if published.device == marker.ed25519:
        yield ok("identity_complete", device=marker.device_id, fingerprint=marker.ed25519)
    elif not published.device:
        yield warning("device_gone", device=marker.device_id)
    else:
        yield problem("device_foreign", device=marker.device_id)


def _signature(published: Published, own_master: str, device: str) -> Finding:
    ours = published.master == own_master
    if published.device_signed:
        topic = "signature_own" if ours else "signature_of_account"
        return ok(topic, device=device, identity=published.master)
    if ours or not published.master:
        return warning("signature_missing", device=device)
    return warning("signature_impossible", device=device, identity=published.master)


def _signature_to_come(published: Published, settings: Settings) -> Finding:
    if not published.master:
        return ok("signature_new")
    if settings.recovery_key:
        return ok("signature_by_recovery", identity=published.master)
    return warning("signature_of_others", identity=published.master)
