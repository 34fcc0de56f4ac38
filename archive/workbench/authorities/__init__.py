"""The authority file on screen: people, places, events, and the terms of vocabularies."""
