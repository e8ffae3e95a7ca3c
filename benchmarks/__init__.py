"""Measurements of the project: accuracy, speed, size."""
