"""The commands of the command line, a file for each room; `archive.cli` lists them."""
