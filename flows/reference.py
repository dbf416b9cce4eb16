"""The reference of the command line as Markdown, from the commands themselves: `python -m flows.reference > docs/commands.md`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from flows.cli import inzage


def reference() -> str:
    """Every command with its arguments and options."""
    head = "# The commands\n\nMade from the commands themselves by `python -m flows.reference`; a test compares the two.\n"
    return head + "".join(_section(path, command) for path, command in _commands("inzage", inzage))


def _commands(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        if (found := command.get_command(context, name)) is not None:
            yield from _commands(f"{path} {name}", found)


def _section(path: str, command: click.Command) -> str:
    arguments = [p.human_readable_name for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    rows = "".join(f"| `{o.opts[-1]}` | {'needed. ' if o.required else ''}{o.help} |\n" for o in options)
    return f"\n## `{' '.join([path, *arguments])}`\n\n{command.help}\n\n| option | |\n|---|---|\n{rows}"


if __name__ == "__main__":
    click.echo(reference(), nl=False)
