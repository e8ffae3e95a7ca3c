"""Parley reads news of negotiations into a checked knowledge graph."""
