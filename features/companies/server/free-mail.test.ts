import { expect, test } from 'vitest';
import { isFreeMail, isPublicSuffix } from './free-mail.ts';

test('free and throw-away mail is known in the languages of our customers, and below its domains', () => {
  for (const domain of ['gmail.com', 'outlook.com', 'yahoo.co.uk', 'abv.bg', 'mail.bg', 'dir.bg', 'wp.pl', 'onet.pl', 'o2.pl', 'interia.pl', 'mail.ru', 'bk.ru', 'yandex.ru', 'rambler.ru', 'maktoob.com', 'proton.me', 'tuta.com', 'mailinator.com', 'team.gmail.com']) {
    expect(isFreeMail(domain), domain).toBe(true);
  }
  for (const domain of ['acme.example', 'siemens.com', 'allegro.pl', 'bnb.bg', 'gazprom.ru', 'notgmail.com', 'gmail.com.acme.example']) expect(isFreeMail(domain), domain).toBe(false);
});

test('what others register their names below is nobody\'s domain', () => {
  for (const domain of ['co.uk', 'com.pl', 'github.io', 'co']) expect(isPublicSuffix(domain), domain).toBe(true);
  for (const domain of ['acme.co.uk', 'acme.example', 'acme.github.io']) expect(isPublicSuffix(domain), domain).toBe(false);
});
