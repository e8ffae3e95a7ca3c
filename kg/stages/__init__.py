"""The seven stages in running order: ingest, parse, recognize, relate, resolve, state, validate."""
