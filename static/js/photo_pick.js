// The photo library's window: hands the chosen photo to the editor that opened it.
"use strict";

const call = Number(new URLSearchParams(location.search).get("CKEditorFuncNum"));

for (const button of document.querySelectorAll("button[data-photo]")) {
  button.addEventListener("click", () => {
    const { photo, address, alt, caption } = button.dataset;
    window.opener?.CKEDITOR?.tools?.callFunction(call, address, {
      id: photo,
      alternative_text: alt,
      caption,
    });
    window.close();
  });
}
