"""The licence desk: request, quote, acceptance, licence, delivery; every step recorded."""
