"""The public face: home, results, photograph, the pages of people, places, events, collections."""
