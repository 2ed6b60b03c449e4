/**
 * For the form: while somebody writes, articles that may answer already. Nothing of it is kept, and what was shown so is not shown
 * again before sending. Without script the next page shows them.
 */
export const SUGGEST = `'use strict';
(() => {
  const place = document.getElementById('answers');
  const form = place && place.closest('form');
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  const list = place.querySelector('ul');
  let asked = '';
  let timer = 0;
  let asking = null;

  async function look() {
    const words = (field('subject').value + ' ' + field('text').value).trim().slice(0, 200);
    if (words.length < 4 || words === asked) return;
    asked = words;
    if (asking) asking.abort();
    asking = new AbortController();
    const answer = await fetch(place.dataset.search + encodeURIComponent(words), { signal: asking.signal });
    if (answer.ok) show((await answer.json()).items);
  }

  function show(items) {
    const shown = [...list.querySelectorAll('a')].map((link) => link.getAttribute('href')).join(' ');
    if (items.map((item) => item.path).join(' ') === shown) return;
    list.replaceChildren(...items.map(({ title, path, language }) => {
      const link = document.createElement('a');
      link.href = path;
      link.target = '_blank';
      link.rel = 'noopener';
      link.lang = language;
      link.textContent = title;
      const line = document.createElement('li');
      line.append(link);
      return line;
    }));
    place.hidden = items.length === 0;
    if (items.length > 0) field('looked').value = 'yes';
  }

  form.addEventListener('input', (event) => {
    if (event.target !== field('subject') && event.target !== field('text')) return;
    clearTimeout(timer);
    timer = setTimeout(() => { look().catch(() => undefined); }, 400);
  });
})();
`;
