"""Where the ontology folder is: inside the package (wheel), beside it (clone and editable install)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kg.errors import GraphError


def ontology(name: str) -> Path:
    """The path of a file or folder of the ontology: `ontology("shapes.ttl")`, `ontology("queries")`.

    A wheel holds the folder as `kg/ontology` (see `force-include` in pyproject.toml); an editable install points
    at the clone, where the folder is a sibling of the package.

    Raises:
        GraphError: the installation is incomplete.
    """
    package = Path(str(files("kg")))
    for folder in (package / "ontology", package.parent / "ontology"):
        if (folder / name).exists():
            return folder / name
    raise GraphError(f"ontology/{name}: not part of this installation; install parley-kg again")
