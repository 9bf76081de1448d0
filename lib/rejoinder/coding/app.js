// Keys and focus of the coding app. A key clicks the button of its class, nothing else: without this
// script the mouse does the same.
if (!window.rejoinderDesk) {
  window.rejoinderDesk = true;
  const DOUBLE = 250; // ms; a second click within them is part of a double click
  const deskOf = event => event.target.closest?.('.rj-desk');
  const take = event => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const focus = desk => {
    desk.tabIndex = 0; // else it cannot have the focus
    desk.focus({preventScroll: true});
  };

  // Captured at the window, before JupyterLab takes a key for a command on the cell.
  window.addEventListener('keydown', event => {
    const desk = deskOf(event);
    if (!desk || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest('textarea')) {
      if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
        take(event);
        focus(desk);
      }
      return;
    }
    event.stopImmediatePropagation();
    // On a French keyboard a digit needs Shift; the key without it counts too.
    const bare = !event.shiftKey && /^Digit[1-9]$/.test(event.code);
    const key = bare ? event.code.slice(-1) : event.key;
    if (key === 'n' || key === 'N') {
      take(event);
      desk.querySelector('.rj-words-note textarea').focus();
      return;
    }
    if (key === 'q' || key === 'Q') {
      take(event);
      const box = desk.querySelector('.rj-words-quote textarea');
      const words = String(window.getSelection()).trim();
      if (words) {
        box.value = words;
        box.dispatchEvent(new Event('input', {bubbles: true}));
        box.dispatchEvent(new Event('change', {bubbles: true}));
      }
      box.focus();
      return;
    }
    const button = desk.querySelector('.rj-key-' + CSS.escape(key.length > 1 ? key : key.toLowerCase()));
    if (!button) return;
    take(event);
    if (!event.repeat || key.startsWith('Arrow')) button.click();
  }, true);

  // Between two drawings only one click counts: an answer is for the item on the screen, even if the
  // kernel is slow.
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
    if (!event.target.closest('textarea')) focus(desk);
  }, true);
}
