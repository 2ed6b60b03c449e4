import { Node } from '@tiptap/core';

const span = (name: 'colspan' | 'rowspan') => ({
  default: 1,
  parseHTML: (element: HTMLElement) => Number(element.getAttribute(name)) || 1,
  renderHTML: (attributes: Record<string, unknown>) => (attributes[name] === 1 ? {} : { [name]: attributes[name] }),
});
const cell = (name: string, tag: 'td' | 'th') => Node.create({
  name, content: 'block+', isolating: true,
  addAttributes: () => ({ colspan: span('colspan'), rowspan: span('rowspan') }),
  parseHTML: () => [{ tag }],
  renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
});

/** A picture that lies on our own server; its words are for those who cannot see it. */
export const Picture = Node.create({
  name: 'picture', group: 'block', draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: '' } }),
  parseHTML: () => [{ tag: 'img[src]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
});

/** Tables as they are read: rows and cells, without widths. */
export const TABLE = [
  Node.create({ name: 'table', group: 'block', content: 'tableRow+', isolating: true, parseHTML: () => [{ tag: 'table' }], renderHTML: () => ['table', ['tbody', 0]] }),
  Node.create({ name: 'tableRow', content: '(tableCell | tableHeader)*', parseHTML: () => [{ tag: 'tr' }], renderHTML: () => ['tr', 0] }),
  cell('tableCell', 'td'),
  cell('tableHeader', 'th'),
];

const empty = (type: string) => ({ type, content: [{ type: 'paragraph' }] });

export const newTable = (columns: number, rows: number) => ({
  type: 'table',
  content: Array.from({ length: rows }, (_row, at) => ({ type: 'tableRow', content: Array.from({ length: columns }, () => empty(at === 0 ? 'tableHeader' : 'tableCell')) })),
});
