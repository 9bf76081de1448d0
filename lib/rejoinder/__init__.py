"""Rejoinder sets an article's thesis beside what its readers say back.

errors   what can go wrong, and what to do about it
fragment text as a page shows it: escaped, with nothing hidden
read     bytes to a Discussion; the only room that touches files
coding   coding sheets: written blank, filled in, taken in without loss
measure  text to numbers, row by row: sentiment, themes, actors, keyness, links, thesis, stance
infer    numbers to estimates: intervals, agreement of coders, correction of machine shares
answers  one function for each notebook's question
show     answers to pictures and pages
scores   how often the measures are right, on labelled public data
"""

from rejoinder import infer, measure
from rejoinder.read import Discussion, load

__all__ = ["Discussion", "infer", "load", "measure"]
