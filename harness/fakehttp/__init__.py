"""Faked partner services: small WSGI applications that handlers reach without a network.

The life of one call: `interception` catches what `requests` sends, `sockets` what other clients do,
`partners` finds who is mounted there, `partner` asks for faults and moods, `conduct` decides what
happens, the application answers through `wsgi`, and `call` keeps what may be shown.  `serving` puts the same partners on a real port.
"""
