"""What every service of the engine is made of."""
