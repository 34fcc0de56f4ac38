"""Tables that go out and come back: our own spreadsheets, and those of AtoM."""
