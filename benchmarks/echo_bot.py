"""The barest bot that matrix-nio makes: it answers `!echo` and keeps nothing.

It is what Kaz-Bot's time is measured against, and therefore as simple as the examples of nio: no
database, no retries, no gaps read back. It logs in with the settings of Kaz-Bot.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import nio


async def main(settings: Mapping[str, str]) -> None:
    store = Path(settings["KAZ_DATA_DIR"])
    client = nio.AsyncClient(
        settings["KAZ_HOMESERVER"], settings["KAZ_USER_ID"], store_path=str(store)
    )
    await client.login(settings["KAZ_PASSWORD"])
    await client.sync(timeout=0, full_state=True)
    for room_id in list(client.invited_rooms):
        await client.join(room_id)

    async def answer(room: nio.MatrixRoom, event: nio.Event) -> None:
        if not isinstance(event, nio.RoomMessageText) or not event.body.startswith("!echo "):
            return
        content = {
            "msgtype": "m.notice",
            "body": event.body.removeprefix("!echo "),
            "m.relates_to": {"m.in_reply_to": {"event_id": event.event_id}},
        }
        await client.room_send(
            room.room_id, "m.room.message", content, ignore_unverified_devices=True
        )

    client.add_event_callback(answer, nio.RoomMessageText)
    print(json.dumps({"event": "ready"}), file=sys.stderr, flush=True)
    await client.sync_forever(timeout=30000)


if __name__ == "__main__":
    asyncio.run(main(os.environ))
