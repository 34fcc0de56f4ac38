"""What lacks what, what contradicts itself, what is wanted, what was done."""
