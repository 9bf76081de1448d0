"""Answers to pictures and pages: computes nothing."""

from __future__ import annotations

from importlib import import_module

_ROOMS = ("alt", "desk", "page", "plots", "report")


def __getattr__(name: str) -> object:
    if name in _ROOMS:  # opened when it is asked for: each brings much with it
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(_ROOMS)
