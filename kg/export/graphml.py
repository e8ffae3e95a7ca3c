"""GraphML for Cytoscape, yEd, Gephi and networkx: the readable network of `kg.network`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from kg.network import portable

if TYPE_CHECKING:
    from kg.store import Graph


def write(graph: Graph) -> bytes:
    """The network as GraphML in UTF-8; nodes are IRIs, edges e0, e1, ... with the property as `relation`."""
    import networkx

    out = io.BytesIO()
    # The writer of the standard library, so that the bytes do not depend on whether lxml is installed.
    networkx.write_graphml_xml(portable(graph.to_networkx()), out, prettyprint=True)
    return out.getvalue().rstrip() + b"\n"
