"""What benchmarks are run on: collections made from real words, and the peers that search them."""
