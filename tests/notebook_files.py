"""Small notebooks that tests write and run."""

import json

from nbformat import v4

FIRST = "00_what_do_readers_say_back"


def write_notebook(folder, stem, *cells, parameters='SEED = "none"\nLEVEL = 0.95'):
    """A notebook with a title, a cell of parameters and `cells`: code, or Markdown after "md"."""
    made = [
        v4.new_markdown_cell(f"# {stem[3:].replace('_', ' ')}?"),
        v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        *(
            v4.new_markdown_cell(cell[3:]) if cell.startswith("md ") else v4.new_code_cell(cell)
            for cell in cells
        ),
    ]
    for number, cell in enumerate(made):
        cell["id"] = f"c{number}"
    folder.mkdir(exist_ok=True)
    (folder / f"{stem}.ipynb").write_text(json.dumps(v4.new_notebook(cells=made)))
