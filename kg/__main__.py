"""`python -m kg` is `kg`; Ctrl-C ends it quietly while its parts are still loading, too."""

import sys

from kg.errors import INTERRUPTED

try:
    from kg.cli import main
except KeyboardInterrupt:
    sys.exit(INTERRUPTED)
main()
