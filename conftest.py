"""Loads the plugin that collects scenarios and offers the `world` fixture."""

pytest_plugins = ["harness.plugin"]
