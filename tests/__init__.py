"""The tests. Hypothesis gives no deadline: an example takes long where a machine is busy, or where it loads a model."""

import signal

from hypothesis import settings

settings.register_profile("parley", deadline=None)
settings.load_profile("parley")
# A shell that starts the tests in the background has them ignore Ctrl-C, and so the commands that they start and stop.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
