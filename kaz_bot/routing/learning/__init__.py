"""Learns what the router weighs. Nothing here is loaded by the bot itself."""
