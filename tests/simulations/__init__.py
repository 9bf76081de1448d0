"""The statistics, each measured beside what it claims: `python tests/simulations` prints all."""
