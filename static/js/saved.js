// After a save: this browser's own copy of what was typed is needed no more, and others may use the
// computer.
"use strict";

try {
  localStorage.removeItem(`gandhara-typed-${document.currentScript.dataset.saved}`);
} catch {
  // A forbidden store holds nothing.
}
