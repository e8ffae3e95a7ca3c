"""The tests. Hypothesis gives no deadline: an example takes long where a machine is busy, or where it loads a model."""

from hypothesis import settings

settings.register_profile("parley", deadline=None)
settings.load_profile("parley")
