"""The archivist's screens: receive, describe, arrange, and what was done."""
