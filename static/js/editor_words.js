// Gives the editor of a post's body its words, before its own file asks for them. They stand in
// posts/editor.py, and come with the field.
"use strict";

{
  const field = document.querySelector("[data-django-prose-editor-configurable]");
  const settings = field && JSON.parse(field.dataset.djangoProseEditorConfigurable);
  const sentences = settings?.extensions.Passages?.sentences ?? {};
  const before = window.gettext ?? ((sentence) => sentence);
  window.gettext = (sentence) => sentences[sentence] ?? before(sentence);
}
