"""The process as the code under test sees it: its time, chance, environment, modules and limits."""
