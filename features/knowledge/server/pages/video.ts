/**
 * On pages with a video: whoever presses its card gets the player in its place, in a frame that may not leave itself; until then nothing
 * was asked of anybody else. Without script the card leads to the video.
 */
export const VIDEO = `'use strict';
(() => {
  for (const link of document.querySelectorAll('a[data-player]')) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const frame = document.createElement('iframe');
      frame.className = 'player';
      frame.title = link.dataset.title;
      frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-presentation');
      frame.allow = 'autoplay; fullscreen; encrypted-media; picture-in-picture';
      frame.referrerPolicy = 'strict-origin-when-cross-origin';
      frame.src = link.dataset.player;
      link.parentElement.replaceWith(frame);
      frame.focus();
    });
  }
})();
`;
