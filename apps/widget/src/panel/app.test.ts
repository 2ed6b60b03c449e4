// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { app, commandsOf } from './app.ts';
import type { Chat } from './chat.ts';

type World = { Rapport?: unknown; ReactNativeWebView?: unknown };
const world = globalThis as unknown as World;
afterEach(() => { delete world.Rapport; delete world.ReactNativeWebView; });

/** A chat that writes down what it is told. */
function chatThatHears() {
  const heard: unknown[] = [];
  const chat = {
    identify: (token: string | null) => heard.push(['identify', token]), describe: (given: object) => heard.push(['attributes', given]), show: (isShown: boolean) => heard.push(['shown', isShown]),
    comeTo: (_site: string, page: { url: string; title: string }) => heard.push(['page', page.url, page.title]),
  };
  return { heard, chat: chat as unknown as Chat };
}

test('an app may say who is signed in before the page is ready, so that nobody is a guest first', () => {
  world.Rapport = { q: [['identify', 'a.b.c'], ['attributes', { app: '4.2' }]] };
  const { heard, chat } = chatThatHears();
  commandsOf(chat);
  expect(heard).toEqual([['identify', 'a.b.c'], ['attributes', { app: '4.2' }], ['page', location.href, '']]);
  const call = world.Rapport as unknown as (command: string, value?: unknown) => void;
  call('page', { url: 'app://orders/1042', title: 'Order 1042' });
  call('close');
  call('identify', undefined);
  call('constructor');
  expect(heard.slice(3)).toEqual([['page', 'app://orders/1042', 'Order 1042'], ['shown', false], ['identify', null]]);
});

test('a page by itself speaks to the app that shows it, and to nobody without one', () => {
  expect(app()).toBeNull();
  const told: string[] = [];
  world.ReactNativeWebView = { postMessage: (text: string) => told.push(text) };
  app()!('{"rapport":"ready"}');
  expect(told).toEqual(['{"rapport":"ready"}']);
});
