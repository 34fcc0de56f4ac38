"""From draft to public: the steps, the notes, and the queues to work through."""
