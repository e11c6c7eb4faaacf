"""Where a world's AWS services are: in memory, in moto, on a server, in a container."""
