"""Players that make no sound, for a machine without the Music Player Daemon: a custom integration of the demo home."""
