import { onTestFinished } from 'vitest';

const LIVE = '[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]';
const ATOMIC = '[role=status]:not([aria-atomic=false]), [role=alert]:not([aria-atomic=false]), [aria-atomic=true]';

/** What is read aloud without anybody asking, as screen readers do it: words that come into a live place, all of it where it is one sentence. */
export function listening(): readonly string[] {
  const heard: string[] = [];
  const observer = new MutationObserver((changes) => { heard.push(...sentencesOf(changes)); });
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  onTestFinished(() => { observer.disconnect(); });
  return heard;
}

/** What comes at the same moment into a place that is one sentence is said once. */
const sentencesOf = (changes: readonly MutationRecord[]): string[] => {
  const said = new Set(changes.flatMap((change) => (change.type === 'characterData' ? [change.target] : [...change.addedNodes])).filter((node) => node.isConnected && !isHidden(node)).flatMap(saidOf));
  return [...said].map(wordsOf).filter((words) => words !== '');
};

/** Of a node that is there now, whatever is read of it. */
function saidOf(node: Node): readonly Node[] {
  const around = node.parentElement?.closest(LIVE);
  if (!around) return node instanceof Element ? [...node.querySelectorAll('[role=alert]'), ...node.matches('[role=alert]') ? [node] : []] : [];
  return [around.matches(ATOMIC) ? around : node];
}

const isHidden = (node: Node): boolean => Boolean((node instanceof Element ? node : node.parentElement)?.closest('[aria-hidden=true]'));

function wordsOf(node: Node): string {
  if (isHidden(node)) return '';
  const parts = node instanceof Element ? [...node.childNodes].map(wordsOf) : [node.textContent ?? ''];
  return parts.join('').replaceAll(/[\u2066-\u2069]/gu, '');
}
