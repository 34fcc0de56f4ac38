"""What was done: change sets, their account in words, and undoing them."""
