"""Who says what: `claims` yields statements.

`reporting` finds the reports of a sentence (`verbs`, `nominal`, `predicates`), `content` the words that are said,
`speakers` who says them.
"""
