import { expect, test } from 'vitest';
import { parseMessage } from './parse-message.ts';

test('nobody folds words away from the agent by marks that only our own reader of HTML sets', async () => {
  for (const mark of ['\ue0f0', '\ue0f1']) {
    for (const type of ['plain', 'html']) {
      const lines = ['Hello.', mark, 'Cancel my contract today.'];
      const body = type === 'html' ? lines.map((line) => `<p>${line}</p>`).join('') : lines.join('\r\n');
      const raw = Buffer.from(`From: ana@example.org\r\nTo: support@desk.test\r\nSubject: Hello\r\nContent-Type: text/${type}; charset=utf-8\r\n\r\n${body}\r\n`);
      expect(await parseMessage(raw), type).toMatchObject({ mail: { text: expect.stringContaining('Cancel my contract today.'), quoted: '' } });
    }
  }
});
