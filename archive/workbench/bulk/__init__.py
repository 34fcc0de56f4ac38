"""Many photographs at once: what to change, the difference before, and carrying it out."""
