"""What states do to one another beyond talks and tariffs: `claims` yields actions with PLOVER class and CAMEO root.

`words` and `deeds` find what tells an action; `namings`, `actors`, `attribution`, `doers`, `sides` and `other` who does
it to whom; `kinds` and `mode` which class it is and whether it is done, ahead or only wanted.
"""
