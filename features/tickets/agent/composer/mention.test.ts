// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { mentionsIn, wantedName } from './mention.ts';

test.each([
  ['Ask @', ''], ['@Ma', 'Ma'], ['(@Мари', 'Мари'], ['see @أحمد', 'أحمد'], ['@Ana Pet', 'Ana Pet'], ['@Ana ', 'Ana'], ["\ufffc@O'Ne", "O'Ne"],
])('%s asks for somebody', (before, text) => {
  expect(wantedName(before)?.text).toBe(text);
});

test.each(['mail ana@example', 'ana@', '@ ', '@Ana Petrova said', 'nothing', '@@', '@1'])('%s asks for nobody', (before) => {
  expect(wantedName(before)).toBeNull();
});

test('whom a text names is told once each, and only as what we wrote', () => {
  const [ana, team] = ['01890000-0000-7000-8000-000000000001', '01890000-0000-7000-8000-000000000002'];
  const html = `<p><span class="mention" data-mention="person:${ana}">@Ana</span> and <span data-mention="team:${team}">@Returns</span>,
    again <span data-mention="person:${ana}">@Ana</span> <span data-mention="mailbox:${ana}">@x</span> <b data-mention="person:${team}">@y</b></p>`;
  expect(mentionsIn(html)).toEqual([{ personId: ana }, { teamId: team }]);
  expect(mentionsIn('<p>@Ana</p>')).toEqual([]);
});
