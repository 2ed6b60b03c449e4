import { isolated } from '../../../../platform/browser/isolated.ts';
import { SIGNALS } from '../../core/spam/signals.ts';
import { useEmailText } from '../text.ts';

const CODES = [...Object.keys(SIGNALS), 'blocked', 'sender', 'equal', 'hops'] as (keyof typeof SIGNALS | 'blocked' | 'sender' | 'equal' | 'hops')[];

/** What was noticed at a held message, a sentence for each line of its `words`; lines of others stay as they are. */
export function useHeldWords(): (words: string) => string[] {
  const t = useEmailText();
  return (words) => words.split('\n').filter((line) => line !== '').map((line) => {
    const [name = '', ...about] = line.split(' ');
    const code = CODES.find((known) => known === name);
    // Words of strangers keep their own direction inside ours.
    return code ? t(`email.held.${code}`, { about: isolated(about.join(' ')) }) : line;
  });
}
