from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg import resources
from kg.errors import GraphError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("inside", [True, False])
def test_the_folder_is_found_inside_the_package_and_beside_it(
    inside: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "kg"
    wanted = (package if inside else tmp_path) / "ontology" / "shapes.ttl"
    wanted.parent.mkdir(parents=True)
    wanted.touch()
    monkeypatch.setattr(resources, "files", lambda _: package)
    assert resources.ontology("shapes.ttl") == wanted


def test_a_missing_file_is_one_clear_line() -> None:
    with pytest.raises(GraphError) as missing:
        resources.ontology("nothing.ttl")
    assert str(missing.value) == "ontology/nothing.ttl: not part of this installation; install parley-kg again"


def test_files_and_folders_are_found() -> None:
    assert resources.ontology("kg.ttl").is_file()
    assert resources.ontology("queries").is_dir()
