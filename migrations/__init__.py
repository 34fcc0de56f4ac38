"""Migrations of the database; every revision runs on SQLite and on PostgreSQL."""
