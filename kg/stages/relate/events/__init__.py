"""Meetings, calls, visits, rounds, summits and signings: `claims` puts together what the other files read of each.

Words that name an event are found first (`words`, and by kind in `verbs`, `nouns`, `calls`, `journeys` ...); each is a
`trigger`, for which the rest say who, when, where, how often, in which round and about what.
"""
