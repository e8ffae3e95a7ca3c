"""The graph over HTTP, for reading only: the page, the named questions, downloads, and a SPARQL 1.1 endpoint.

`answers` says what each address answers, `sparql` speaks the SPARQL protocol, `server` keeps the sockets: each request
is answered in a process of its own, which ends when its time or its memory is used up.
"""
