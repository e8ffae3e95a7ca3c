"""The consoles of README.md as they are today: `python -m tests.readme` writes into it what its commands print.

A block of ```console holds commands after "$ " and what each prints; they run in one folder with a copy of examples/.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_CONSOLE = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)


def rewritten(text: str) -> str:
    """The text with what its commands print now.

    Raises:
        CalledProcessError: one of them fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        return _CONSOLE.sub(lambda block: "".join(_run(one, folder) for one in commands_of(block.group())), text)


def commands_of(block: str) -> list[str]:
    """The commands of a console."""
    return re.findall(r"^\$ (.+)$", block, re.MULTILINE)


def _run(command: str, folder: str) -> str:
    """The command with its output below it; `kg` is that of this environment."""
    script = f'kg() {{ "{sys.executable}" -m kg "$@"; }}\n{command}'
    ran = subprocess.run(["bash", "-ec", script], cwd=folder, check=True, capture_output=True, text=True)
    return f"$ {command}\n{ran.stdout}{ran.stderr}"


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
