// Keys and focus of the coding desk (show/desk.py). A key clicks the button that bears it: that is
// all it adds, and where no script may run the mouse does the same.
if (!window.rejoinderDesk) {
  window.rejoinderDesk = true;
  const DOUBLE = 250; // milliseconds within which a second click is no second answer
  const deskOf = event => event.target.closest?.('.rj-desk');
  const take = event => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  // A box takes the focus only when it is told to.
  const sit = desk => {
    desk.tabIndex = 0;
    desk.focus({preventScroll: true});
  };

  // At the window and on the way down, before JupyterLab takes a key for a command on the cell.
  window.addEventListener('keydown', event => {
    const desk = deskOf(event);
    if (!desk || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest('textarea')) {
      if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
        take(event);
        sit(desk);
      }
      return;
    }
    event.stopImmediatePropagation();
    // On a French keyboard a digit needs Shift; its bare key will do.
    const bare = !event.shiftKey && /^Digit[1-9]$/.test(event.code);
    const key = bare ? event.code.slice(-1) : event.key;
    if (key === 'n' || key === 'N') {
      take(event);
      desk.querySelector('textarea').focus();
      return;
    }
    const button = desk.querySelector('.rj-key-' + CSS.escape(key));
    if (!button) return;
    take(event);
    if (!event.repeat || key.startsWith('Arrow')) button.click();
  }, true);

  // A click counts once for each time the desk was drawn: an answer is for the item that was on the
  // screen, also when the kernel is slow or a key bounces.
  window.addEventListener('click', event => {
    const desk = deskOf(event);
    if (!desk) return;
    if (event.target.closest('button')) {
      const twice = event.detail > 1 && event.timeStamp - desk.rjClicked < DOUBLE;
      if (twice || desk.rjDrawn === desk.className) {
        take(event);
      } else {
        desk.rjDrawn = desk.className;
        desk.rjClicked = event.timeStamp;
      }
    }
    if (!event.target.closest('textarea, summary')) sit(desk);
  }, true);
}
