// Keys of the reading room (show/room.py) are for what has the focus there. JupyterLab would take an arrow
// for a command on cells, and "d d" for the one that deletes them. At the window and on the way down,
// before JupyterLab is asked; what has a modifier is still its own.
if (!window.rejoinderRoom) {
  window.rejoinderRoom = true;
  window.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.('.rj-room')) event.stopImmediatePropagation();
  }, true);
}
