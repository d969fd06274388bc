"""A homeserver, people and a scene to watch, all on this machine."""
