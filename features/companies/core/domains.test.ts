import { expect, test } from 'vitest';
import { domainFrom, withParents } from './domains.ts';

test('a domain is read however it is typed', () => {
  for (const given of ['acme.com', ' Acme.COM ', '@acme.com', 'info@acme.com', 'https://www.acme.com/contact?x=1', 'acme.com.', 'http://acme.com:8080']) expect(domainFrom(given), given).toBe('acme.com');
  expect(domainFrom('mail.acme.co.uk')).toBe('mail.acme.co.uk');
  expect(domainFrom('xn--e1afmkfd.xn--p1ai')).toBe('xn--e1afmkfd.xn--p1ai');
});

test('what is no domain is none', () => {
  for (const given of ['', 'acme', 'acme..com', '-acme.com', 'acme-.com', '192.0.2.1', 'acme com', '*.acme.com', `${'a'.repeat(64)}.com`, `${'a.'.repeat(130)}com`]) expect(domainFrom(given), given).toBeNull();
});

test('a domain stands below its parents', () => {
  expect(withParents('a.b.example')).toEqual(['a.b.example', 'b.example', 'example']);
});
