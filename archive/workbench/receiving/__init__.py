"""Receiving photographs: uploads, the mapping of columns, batches, proposals."""
