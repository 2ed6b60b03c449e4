import { mergeAttributes, Node } from '@tiptap/react';
import { type Mention, MOST_MENTIONS } from '../../core/contract.ts';

/** Somebody, or a team, that a note can name. */
export type Mentionable = { readonly kind: 'person' | 'team'; readonly id: string; readonly name: string };

const PLACE = 'data-mention';

/** A name in the text of a note that stands for somebody: written and deleted as a whole. */
export const MentionNode = Node.create({
  name: 'mention', group: 'inline', inline: true, atom: true, selectable: false,
  addAttributes: () => ({
    of: { default: '', parseHTML: (element: HTMLElement) => element.getAttribute(PLACE), renderHTML: (values: Record<string, unknown>) => ({ [PLACE]: values['of'] }) },
    name: { default: '', parseHTML: (element: HTMLElement) => element.textContent.replace(/^@/, ''), renderHTML: () => ({}) },
  }),
  parseHTML: () => [{ tag: `span[${PLACE}]` }],
  renderHTML: ({ node, HTMLAttributes }) => ['span', mergeAttributes(HTMLAttributes, { class: 'mention' }), `@${String(node.attrs['name'])}`],
  renderText: ({ node }) => `@${String(node.attrs['name'])}`,
});

export const mentionOf = ({ kind, id, name }: Mentionable) => ({ type: 'mention', attrs: { of: `${kind}:${id}`, name } });

/** Whom a text names, each once. */
export function mentionsIn(html: string): Mention[] {
  if (!html.includes(PLACE)) return [];
  const page = new DOMParser().parseFromString(html, 'text/html');
  const places = [...page.querySelectorAll(`span[${PLACE}]`)].map((one) => one.getAttribute(PLACE) ?? '');
  return [...new Set(places)].slice(0, MOST_MENTIONS).flatMap((place): Mention[] => {
    const [kind, id] = place.split(':');
    if (!id) return [];
    return kind === 'person' ? [{ personId: id }] : kind === 'team' ? [{ teamId: id }] : [];
  });
}

/** What is being typed after an @, and where it begins; a second word may follow, as names have them. */
export function wantedName(before: string): { readonly text: string; readonly length: number } | null {
  const found = /(?:^|[\s(\ufffc])(@(\p{L}[\p{L}\p{M}\p{N}.'’_-]{0,40}(?: [\p{L}\p{M}\p{N}.'’_-]{0,40})?)?)$/u.exec(before);
  return found ? { text: (found[2] ?? '').trim(), length: found[1]!.length } : null;
}
