"""Notebooks run on one seed, as pages that load nothing and run no script."""
