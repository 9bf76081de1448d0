"""Only what pyproject.toml cannot say: the notebooks are installed with the package."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages("lib"), "rejoinder.notebooks"],
    package_dir={"": "lib", "rejoinder.notebooks": "notebooks"},
)
