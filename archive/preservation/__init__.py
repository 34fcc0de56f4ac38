"""Keeping what cannot be made again: backups of database, masters and secrets, and bringing back.

The search index and the pictures for the screen are caches and no part of it.
"""
