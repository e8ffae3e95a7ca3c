"""`kg`: the commands, and what every one of them does about errors, Ctrl-C and exit statuses."""

from __future__ import annotations

import gc
import sys
import traceback
from typing import TYPE_CHECKING, Annotated

import typer

from kg.commands.build import build
from kg.commands.diff import diff
from kg.commands.explain import explain
from kg.commands.export import export
from kg.commands.facts import facts
from kg.commands.output import DEBUG, emit, warn
from kg.commands.query import query
from kg.commands.remove import remove
from kg.commands.serve import serve
from kg.commands.status import status
from kg.commands.verify import verify
from kg.commands.watch import watch
from kg.errors import DONE, INTERRUPTED, WRONG_USAGE, KGError

if TYPE_CHECKING:
    from collections.abc import Sequence

# When Python looks for cycles that nobody uses: records hold few, and such looks were a third of a large joining.
RARELY = (100_000, 20, 20)
app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Reads news of negotiations into a checked knowledge graph: who met whom, when, for how long, about which "
    "tariff, and who says so.",
    epilog="Exit status: 0 done; 1 the answer is no; 2 wrong usage, or nothing could be read; 3 some documents failed; "
    "130 interrupted.",
)
for command in (build, query, explain, verify, export, facts, status, remove, diff, watch, serve):
    app.command()(command)


def _version(wanted: bool) -> None:
    if wanted:
        from kg.version import package

        emit(f"parley-kg {package()}\n")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", metavar="", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", metavar="", help="Print tracebacks of errors; may stand anywhere.")
    ] = False,
) -> None:
    """Options of all commands; `main` reads --debug, wherever it stands."""


def main() -> None:
    """Run the command line of this process and end it."""
    gc.set_threshold(*RARELY)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns:
        The exit status, as in `kg.errors`.
    """
    given = list(arguments)
    end = given.index("--") if "--" in given else len(given)
    options = [one for one in given[:end] if one != "--debug"]
    DEBUG.set(len(options) < end)
    if "" in given:  # of a variable of the shell that is not set: no command means anything by it
        warn("kg: an argument is empty; give a value, or leave the option out")
        return WRONG_USAGE
    try:
        ended: int = app(args=options + given[end:], prog_name="kg", standalone_mode=False) or DONE
        if ended == INTERRUPTED:  # some versions of typer turn Ctrl-C into a status
            raise KeyboardInterrupt
        return ended
    except KGError as error:
        warn(error)
        return error.exit_status
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "kg"
        message = error.format_message()
        # Without arguments the message is the help itself.
        warn(message if "\n" in message or not message else f"{path}: {message.rstrip('.')}; see {path} --help")
        return WRONG_USAGE
    except (KeyboardInterrupt, typer.Abort):
        warn("interrupted; files that were there stay as they were")
        return INTERRUPTED
    except OSError as error:
        if DEBUG.get():
            traceback.print_exc()
        place = f"{str(error.filename)[:200]}: " if error.filename else "kg: "
        warn(f"{place}{error.strerror or error}; check the path, or make room")
        return WRONG_USAGE
    except Exception as error:
        if DEBUG.get():
            traceback.print_exc()
        warn(f"kg: {type(error).__name__}: {error}; this is a defect: report it with what --debug prints")
        return WRONG_USAGE
