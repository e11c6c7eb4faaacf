"""moto in this process, on the world's virtual clock."""
