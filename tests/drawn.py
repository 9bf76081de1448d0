"""What can be seen of a drawn figure."""

from matplotlib.figure import Figure
from matplotlib.text import Text


def seen_texts(figure: Figure) -> list[Text]:
    """The texts of a figure that can be seen; a tick outside its axis has none."""
    figure.canvas.draw()
    unseen = [
        tick.label1
        for ax in figure.axes
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    ]
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [text for text in texts if text not in unseen]
