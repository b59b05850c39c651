// Rows with a position: moved by a handle, with a pointer or by arrow keys, and numbered anew.
// Without this file the numbers do it.
"use strict";

// In a block: the page's other scripts have functions of the same names.
{
  const POSITION = "input[data-move]";
  const lists = new Set();

  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");

  function numberOf(row) {
    return row.querySelector(POSITION);
  }

  function rowsOf(list) {
    return [...list.children].filter((row) => !row.matches(".empty-form") && numberOf(row));
  }

  function nameOf(row) {
    const name =
      row.querySelector("select option:checked") ?? row.querySelector("[data-name], th, .original p");
    return name?.textContent.trim() || numberOf(row).value || "…";
  }

  // A row's errors stand in a row of their own before it.
  function withErrors(row) {
    const before = row.previousElementSibling;
    return before?.matches(".row-form-errors") ? [before, row] : [row];
  }

  // The row itself stays in the page, its neighbours move: it keeps the focus and the pointer.
  function step(row, by) {
    const rows = rowsOf(row.parentElement);
    const neighbour = rows[rows.indexOf(row) + by];
    if (!neighbour) return false;
    if (by < 0) row.after(...withErrors(neighbour));
    else withErrors(row)[0].before(...withErrors(neighbour));
    return true;
  }

  function renumber(list) {
    rowsOf(list).forEach((row, index) => {
      numberOf(row).value = index + 1;
    });
  }

  function tell(row) {
    const rows = rowsOf(row.parentElement);
    said.textContent = numberOf(row)
      .dataset.moved.replace("{number}", rows.indexOf(row) + 1)
      .replace("{all}", rows.length)
      .replace("{name}", () => nameOf(row));
  }

  function moved(row) {
    renumber(row.parentElement);
    tell(row);
  }

  function follow(row, y) {
    for (;;) {
      const rows = rowsOf(row.parentElement);
      const at = rows.indexOf(row);
      const middle = (other) => {
        const box = other.getBoundingClientRect();
        return box.top + box.height / 2;
      };
      if (at > 0 && y < middle(rows[at - 1])) step(row, -1);
      else if (at < rows.length - 1 && y > middle(rows[at + 1])) step(row, 1);
      else return;
      row.scrollIntoView({ block: "nearest" });
    }
  }

  function arrange(list, key) {
    const rows = rowsOf(list);
    const sorted = [...rows].sort((a, b) => key(a) - key(b));
    if (sorted.every((row, index) => row === rows[index])) return;
    const end = rows.at(-1).nextSibling;
    for (const row of sorted) for (const each of withErrors(row)) list.insertBefore(each, end);
  }

  function asNumbered(row) {
    const number = numberOf(row).value;
    return number === "" ? Number.MAX_SAFE_INTEGER : Number(number);
  }

  function asSent(row) {
    return Number(/-(\d+)-position$/.exec(numberOf(row).name)[1]);
  }

  function equip(row) {
    const input = numberOf(row);
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "ordering-handle";
    handle.title = input.dataset.how;
    const name = () => {
      handle.setAttribute("aria-label", input.dataset.move.replace("{name}", () => nameOf(row)));
    };
    name();
    handle.addEventListener("focus", name);
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
      row.classList.add("ordering-moves");
    });
    handle.addEventListener("pointermove", (event) => {
      if (handle.hasPointerCapture(event.pointerId)) follow(row, event.clientY);
    });
    handle.addEventListener("lostpointercapture", () => {
      row.classList.remove("ordering-moves");
      moved(row);
    });
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      if (!step(row, by)) return;
      moved(row);
      row.scrollIntoView({ block: "nearest" });
    });
    // Who types a number means that place.
    input.addEventListener("change", () => {
      const rows = rowsOf(row.parentElement);
      const wanted = Number(input.value);
      if (input.value === "" || !Number.isInteger(wanted)) return;
      const by = Math.sign(Math.min(Math.max(wanted, 1), rows.length) - 1 - rows.indexOf(row));
      while (by && rowsOf(row.parentElement).indexOf(row) !== wanted - 1 && step(row, by));
      moved(row);
    });
    input.before(handle);
  }

  for (const input of document.querySelectorAll(POSITION)) {
    const row = input.closest("tr, li");
    // A list that was searched or sorted otherwise shows no order that could be changed.
    if (!row || row.matches(".empty-form") || (row.closest("#result_list") && location.search)) {
      continue;
    }
    lists.add(row.parentElement);
    equip(row);
  }
  for (const list of lists) arrange(list, asNumbered);
  if (document.querySelector(POSITION)) document.body.append(said);

  document.addEventListener("formset:added", (event) => {
    if (!numberOf(event.target)) return;
    lists.add(event.target.parentElement);
    equip(event.target);
  });
  // Django's own script numbers the fields of all rows anew when a row is taken out, in the order of
  // the page; stored rows must then stand first, as they came.
  document.addEventListener(
    "click",
    (event) => {
      const list = event.target.closest?.(".inline-deletelink")?.closest("tbody");
      if (!lists.has(list)) return;
      arrange(list, asSent);
      setTimeout(() => arrange(list, asNumbered));
    },
    { capture: true },
  );
}
