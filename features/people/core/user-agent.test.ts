import { expect, test } from 'vitest';
import { browserOf, isPhone } from './user-agent.ts';

const SAFARI_PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const EDGE = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0';

test.each([
  [SAFARI_PHONE, 'Safari 18, iPhone', true],
  [EDGE, 'Edge 140, Windows', false],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140, Linux', false],
  ['curl/8.5.0', null, false],
])('%s', (userAgent, browser, phone) => {
  expect(browserOf(userAgent)).toBe(browser);
  expect(isPhone(userAgent)).toBe(phone);
});
