// A photo's form: shows at once what a chosen file says of itself, and takes the focal point by a
// click. Without this file the same is read when the form is saved, and the point is two numbers.
"use strict";

const box = document.getElementById("photo-reading");
const form = box.closest("form");
const state = box.querySelector("[role=status]");
// Metadata stands at a file's beginning; the rest need not travel twice over a slow line.
const HEAD = 512 * 1024;

form.elements.file?.addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  const body = new FormData();
  body.append("file", file.slice(0, HEAD), file.name);
  try {
    const answer = await fetch(box.dataset.read, {
      method: "POST",
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body,
      credentials: "same-origin",
      redirect: "error",
    });
    if (!answer.ok) return;
    fill(await answer.json());
  } catch {
    // It is read when the form is saved.
  }
});

function fill(said) {
  const names = [];
  for (const [name, text] of Object.entries(said)) {
    const field = form.elements[name];
    if (!field || field.value.trim()) continue;
    field.value = text;
    names.push(form.querySelector(`label[for="${field.id}"]`)?.textContent.replace(/:\s*$/u, ""));
  }
  state.textContent = names.length ? `${box.dataset.said} ${names.join(", ")}` : "";
}

const image = box.querySelector(".focal img");
const mark = box.querySelector(".focal-mark");
const { focal_x: across, focal_y: down } = form.elements;

function show() {
  mark.hidden = false;
  mark.style.insetInlineStart = "auto";
  mark.style.left = `${across.value}%`;
  mark.style.top = `${down.value}%`;
}

if (image && across && down) {
  image.addEventListener("click", (event) => {
    const area = image.getBoundingClientRect();
    const part = (position, start, size) => Math.min(100, Math.max(0, Math.round(((position - start) / size) * 100)));
    across.value = part(event.clientX, area.left, area.width);
    down.value = part(event.clientY, area.top, area.height);
    show();
  });
  for (const field of [across, down]) field.addEventListener("input", show);
  show();
}
