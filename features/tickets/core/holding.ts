/** Longer ones say something else as well. */
const MOST_CHARACTERS = 350;

/** That somebody is at it and will write again, in the five languages; and nothing that an answer would hold. */
const HOLDS = [
  /\b(?:look(?:ing)? into (?:it|this|that|the)|get back to you|working on (?:it|this|that)|(?:we are|we're|i am|i'm) (?:checking|investigating|on it)|bear with us|thank you for your patience|passed (?:it|this|your \w+) on|will (?:let you know|keep you posted|update you))\b/iu,
  /(?:проверяваме|разглеждаме|проучваме|ще се върнем|ще ви (?:отговорим|пишем|се обадим|уведомим)|работим по|предадохме|препратихме|благодарим за търпението|моля,? изчакайте)/iu,
  /(?:sprawdzamy|wyjaśniamy|zajmujemy się|analizujemy|wrócimy (?:do|z)|odezwiemy się|pracujemy nad|prosimy o cierpliwość|przekazaliśmy|dziękujemy za cierpliwość)/iu,
  /(?:разбираемся|проверяем|уточняем|верн[её]мся|работаем над|передали ваш|рассматриваем|изучаем|ожидайте|спасибо за терпение|благодарим за терпение|сообщим вам)/iu,
  /(?:نعمل على|سنعود|سوف نعود|قيد (?:المتابعة|المراجعة|الدراسة)|نتحقق|سنتواصل|يرجى الانتظار|نرجو الانتظار|شكرا لصبركم|نشكركم على صبركم|جار[ي] )/u,
] as const;
const ADDRESS = /https?:\/\//iu;

/** Whether a reply only says that the customer has to wait. In doubt it is an answer. */
export function onlyHolds(text: string, files: number): boolean {
  const words = text.trim();
  return files === 0 && words.length <= MOST_CHARACTERS && !words.includes('?') && !words.includes('؟') && !ADDRESS.test(words) && HOLDS.some((pattern) => pattern.test(words));
}
