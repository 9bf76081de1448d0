"""What the coding desk and the reading room share: boxes, classes, style sheets and scripts."""

from __future__ import annotations

from pathlib import Path

from ipywidgets import HTML, Box, HBox, Output, Widget

_TEMPLATE = Path(__file__).with_name("template")


def style(name: str, told: str = "") -> HTML:
    """The style sheet of that name in template/, and below it what is `told` (HTML)."""
    sheet = (_TEMPLATE / name).read_text(encoding="utf-8")
    return HTML(f"<style>{sheet}</style>{told}")


def script(name: str) -> Output:
    """What runs the script of that name in template/ once it is shown; HTML() would run none."""
    data = {"application/javascript": (_TEMPLATE / name).read_text(encoding="utf-8")}
    return Output(outputs=[{"output_type": "display_data", "metadata": {}, "data": data}])


def box(cls: str, children: list[Widget], kind: type[Box] = HBox) -> Box:
    """The `children` in a box with the class `cls`."""
    made = kind(children)
    made.add_class(cls)
    return made


def set_class(widget: Widget, cls: str, on: bool) -> None:
    """Give the widget the class, or take it away."""
    (widget.add_class if on else widget.remove_class)(cls)
