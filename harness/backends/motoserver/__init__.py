"""moto's server, started by us in a process of its own, over real HTTP."""
