"""Everything that can go wrong, and the exit status it ends with.

KGError                 2   the root: one line that names the file, the place and the remedy
├── SourceError         2   a source cannot be read, or holds no English text
├── ModelMissing        2   the spaCy pipeline asked for is not installed
├── GraphError          2   a graph file, store or server cannot be read or written
├── QueryError          2   a query does not parse, or a parameter is missing or unknown
├── DocumentFailed      2   a rule broke on a document: a defect of ours
├── ValidationFailed    1   the facts break a shape; nothing was written
└── VerificationFailed  1   a triple is not supported by the sentences it cites
"""

from __future__ import annotations

DONE, ANSWER_IS_NO, WRONG_USAGE, PARTLY_DONE, INTERRUPTED = 0, 1, 2, 3, 130


class KGError(Exception):
    """Root of all errors that are meant for the user; `str()` is the one line to print."""

    exit_status = WRONG_USAGE


class SourceError(KGError):
    """A source document cannot be read."""


class ModelMissing(KGError):
    """The spaCy pipeline asked for is not installed."""


class GraphError(KGError):
    """A graph file, store or server cannot be read or written."""


class QueryError(KGError):
    """A query or one of its parameters is wrong."""


class DocumentFailed(KGError):
    """A rule broke on a document, which is a defect of ours; the cause is the error it raised."""


class ValidationFailed(KGError):
    """The facts of a document break a shape of the ontology."""

    exit_status = ANSWER_IS_NO


class VerificationFailed(KGError):
    """A triple is not supported by the sentences it cites."""

    exit_status = ANSWER_IS_NO
