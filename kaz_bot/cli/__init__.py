"""The operator's commands. Each is loaded when it is called, for some need little of the bot."""

from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click

from kaz_bot.cli.options import ENV_FILE

# Each command by the module it stands in and its name there.
_COMMANDS = {
    "backup": ("keeping", "backup"),
    "check": ("serving", "check"),
    "classify": ("trying_questions", "classify"),
    "demo": ("serving", "demonstrate"),
    "erase-user": ("keeping", "erase_user"),
    "export": ("keeping", "export"),
    "import": ("importing", "import_file"),
    "learn": ("learning", "learn"),
    "migrate": ("serving", "migrate"),
    "reindex": ("keeping", "reindex"),
    "report": ("reporting", "report"),
    "reset-identity": ("keeping", "reset_identity"),
    "restore": ("keeping", "restore"),
    "run": ("serving", "run"),
    "versions": ("learning", "versions"),
    "when": ("trying_dates", "when"),
}


class Commands(click.Group):
    """Loads a command when it is called, or when its help is shown."""

    # click hands its context to both.
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(_COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command = getattr(import_module(f"{__name__}.{module}"), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("kaz-bot"), prog_name="kaz-bot")
@ENV_FILE
@click.pass_context
def main(ctx: click.Context, env_file: Path | None) -> None:
    """Kaz-Bot, a support desk in Matrix rooms.

    Settings come from the environment or from a .env file; config.example.env explains each.
    Exit status: 0 done, 1 something is wrong and named, 2 the command was not understood.
    """
    ctx.obj = env_file
