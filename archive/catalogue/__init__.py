"""The catalogue: what is known of the photographs, who says so, and how it is arranged."""
