"""GEXF for Gephi: the readable network of `kg.network`."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from kg.network import portable

if TYPE_CHECKING:
    from kg.store import Graph


def write(graph: Graph) -> bytes:
    """The network as GEXF 1.2 in UTF-8; nodes are IRIs, edges e0, e1, ... with the property as `relation`."""
    import networkx

    out = io.BytesIO()
    networkx.write_gexf(portable(graph.to_networkx()), out, prettyprint=True)
    # networkx writes the day and its own version, which would change the bytes of an unchanged graph.
    text = re.sub(r'<meta lastmodifieddate="[^"]*">', "<meta>", out.getvalue().decode("utf-8"), count=1)
    text = re.sub(r"<creator>[^<]*</creator>", "<creator>Parley</creator>", text, count=1)
    return text.rstrip().encode() + b"\n"
