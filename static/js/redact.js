// A comment's page: marked words of the text go into the field of what is to be removed.
"use strict";

const whole = document.getElementById("whole");
const passage = document.getElementById("id_passage");
const use = document.getElementById("use-selection");

if (whole && passage && use) {
  use.hidden = false;
  use.addEventListener("click", () => {
    const words = whole.value.slice(whole.selectionStart, whole.selectionEnd);
    if (words.trim()) passage.value = words;
    passage.focus();
  });
}
