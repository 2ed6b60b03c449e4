import { expect, test } from 'vitest';
import { detectLanguage } from './language.ts';

const SAMPLES = {
  en: ['Where is my order?', 'The kettle does not work', 'I want a refund', 'Please cancel it', 'Parcel arrived damaged, what now?'],
  bg: ['Къде е поръчката ми?', 'Чайникът не работи', 'Искам си парите обратно', 'Пратката пристигна счупена', 'Благодаря!'],
  ru: ['Где мой заказ?', 'Чайник не работает', 'Хочу вернуть деньги', 'Посылка пришла разбитой', 'Спасибо!'],
  pl: ['Gdzie jest moje zamówienie?', 'Czajnik nie działa', 'Prosze o zwrot', 'Paczka dotarła uszkodzona', 'Dziękuję!'],
  ar: ['أين طلبي؟', 'الغلاية لا تعمل', 'شكرا!'],
} as const;

test.each(Object.entries(SAMPLES))('%s is told from the others in a short sentence', (language, sentences) => {
  for (const sentence of sentences) expect(detectLanguage(sentence).language, sentence).toBe(language);
});

test.each([
  'Wo ist meine Bestellung? Ich habe das Paket nicht bekommen.', 'Bonjour, je voudrais un remboursement pour cette commande.',
  '¿Dónde está mi pedido? Gracias por su ayuda.', 'Де моє замовлення? Дуже прошу, щоб ви його знайшли.', 'سفارش من کجاست؟ گفتید چهار روز می‌شود',
])('a language that is not ours is not taken for one: %s', (text) => {
  expect(detectLanguage(text).language).toBeNull();
});

test('what says nothing leaves the known language', () => {
  for (const text of ['', '12345', 'OK', '🙂', 'https://shop.example/help', 'Nokia 3310']) {
    expect(detectLanguage(text, 'pl'), text).toEqual({ language: 'pl', sure: false });
    expect(detectLanguage(text), text).toEqual({ language: null, sure: false });
  }
});

test('a clear message outweighs the known language', () => {
  expect(detectLanguage('Здравствуйте! Когда вы отправите мой заказ? Я жду его уже две недели.', 'bg')).toEqual({ language: 'ru', sure: true });
});
