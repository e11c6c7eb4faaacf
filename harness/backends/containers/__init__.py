"""An emulator in a container that testcontainers starts."""
