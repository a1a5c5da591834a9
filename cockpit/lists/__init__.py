"""Customer lists as files."""
