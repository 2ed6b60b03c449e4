import type { Role } from '../../kernel/actor.ts';
import type { Language } from '../../kernel/languages.ts';

export type Gender = 'm' | 'f';
type Team = 'orders' | 'repairs' | 'billing';

export const TEAMS: Record<Team, string> = { orders: 'Orders and delivery', repairs: 'Repairs and warranty', billing: 'Invoices' };

export const STAFF: readonly { key: string; name: string; gender: Gender; role: Role; language: Language; teams: readonly Team[] }[] = [
  { key: 'elena', name: 'Elena Dimitrova', gender: 'f', role: 'lead', language: 'bg', teams: ['orders', 'repairs', 'billing'] },
  { key: 'georgi', name: 'Georgi Petrov', gender: 'm', role: 'agent', language: 'bg', teams: ['orders'] },
  { key: 'james', name: 'James Whitfield', gender: 'm', role: 'agent', language: 'en', teams: ['orders', 'billing'] },
  { key: 'marta', name: 'Marta Kowalska', gender: 'f', role: 'agent', language: 'pl', teams: ['orders', 'repairs'] },
  { key: 'olga', name: 'Olga Sokolova', gender: 'f', role: 'agent', language: 'ru', teams: ['repairs', 'orders'] },
  { key: 'karim', name: 'Karim Haddad', gender: 'm', role: 'agent', language: 'ar', teams: ['billing', 'orders'] },
  { key: 'nadya', name: 'Nadya Ilieva', gender: 'f', role: 'colleague', language: 'bg', teams: [] },
];

/** Who answers in which language, the usual one first. */
export const ANSWERS: Record<Language, readonly string[]> = {
  en: ['james', 'elena', 'marta'], bg: ['georgi', 'elena'], pl: ['marta'], ru: ['olga', 'elena'], ar: ['karim'],
};

export type DemoCustomer = { readonly name: string; readonly first: string; readonly gender: Gender; readonly address: string; readonly phone: string | null; readonly language: Language };

/** Name, gender, mailbox name, and a telephone number for some. */
const CUSTOMERS: Record<Language, readonly (readonly [string, Gender, string, string?])[]> = {
  en: [
    ['Hannah Fletcher', 'f', 'hannah.fletcher', '+447700900112'], ['Oliver Grant', 'm', 'oliver.grant'], ['Priya Raman', 'f', 'priya.raman', '+447700900283'],
    ['Thomas Ellery', 'm', 'tom.ellery'], ['Grace Abbott', 'f', 'gabbott'], ['Daniel Osei', 'm', 'daniel.osei'], ['Ruth Calloway', 'f', 'ruth.calloway', '+447700900344'],
    ['Maria Hughes', 'f', 'maria.hughes'], ['Samuel Price', 'm', 'sam.price'], ['Niamh Doyle', 'f', 'niamh.doyle'], ['Peter Lindqvist', 'm', 'p.lindqvist'],
    ['Aisha Rahman', 'f', 'aisha.rahman'], ['George Marlowe', 'm', 'george.marlowe'], ['Ellen Whitby', 'f', 'ellen.whitby'],
  ],
  bg: [
    ['Мария Петрова', 'f', 'maria.petrova', '+359888123456'], ['Иван Георгиев', 'm', 'ivan.georgiev'], ['Десислава Тодорова', 'f', 'desi.todorova', '+359887220145'],
    ['Николай Стоянов', 'm', 'n.stoyanov'], ['Цветелина Иванова', 'f', 'cveti.ivanova'], ['Йордан Маринов', 'm', 'yordan.marinov', '+359898314207'],
    ['Радка Колева', 'f', 'radka.koleva'], ['Стефан Ангелов', 'm', 'stefan.angelov'], ['Теодора Христова', 'f', 'tedi.hristova'], ['Петър Димитров', 'm', 'petar.dimitrov'],
    ['Виолета Николова', 'f', 'violeta.nikolova'], ['Красимир Илиев', 'm', 'krasi.iliev', '+359879556013'], ['Гергана Василева', 'f', 'gergana.vasileva'],
    ['Калоян Попов', 'm', 'kaloyan.popov'], ['Анелия Кръстева', 'f', 'anelia.krasteva'], ['Божидар Янев', 'm', 'bozhidar.yanev'], ['Силвия Атанасова', 'f', 'silvia.atanasova'],
  ],
  pl: [
    ['Katarzyna Nowak', 'f', 'k.nowak', '+48601220134'], ['Tomasz Wiśniewski', 'm', 'tomasz.wisniewski'], ['Agnieszka Zielińska', 'f', 'aga.zielinska'],
    ['Paweł Kamiński', 'm', 'pawel.kaminski', '+48602551908'], ['Łucja Dąbrowska', 'f', 'lucja.dabrowska'], ['Michał Lewandowski', 'm', 'michal.lew'],
    ['Ewa Szymańska', 'f', 'ewa.szymanska'], ['Grzegorz Woźniak', 'm', 'g.wozniak'], ['Joanna Kaczmarek', 'f', 'joanna.kaczmarek'], ['Rafał Mazur', 'm', 'rafal.mazur'],
    ['Zofia Krawczyk', 'f', 'zofia.krawczyk', '+48603774120'], ['Stanisław Piotrowski', 'm', 's.piotrowski'],
  ],
  ru: [
    ['Анна Смирнова', 'f', 'anna.smirnova', '+79161234501'], ['Дмитрий Кузнецов', 'm', 'd.kuznetsov'], ['Юлия Морозова', 'f', 'yulia.morozova'],
    ['Сергей Волков', 'm', 'sergey.volkov', '+79031557802'], ['Наталья Лебедева', 'f', 'natalia.lebedeva'], ['Алексей Новиков', 'm', 'alexey.novikov'],
    ['Екатерина Павлова', 'f', 'katya.pavlova'], ['Михаил Фёдоров', 'm', 'm.fedorov'], ['Ирина Соловьёва', 'f', 'irina.solovyova'],
  ],
  ar: [
    ['ماريا خوري', 'f', 'maria.khoury', '+96170123456'], ['محمد العلي', 'm', 'mohammed.alali', '+962790112233'], ['فاطمة حسن', 'f', 'fatima.hassan'],
    ['يوسف منصور', 'm', 'yousef.mansour'], ['ليلى نصر', 'f', 'layla.nasr'], ['أحمد صالح', 'm', 'ahmed.saleh'], ['سارة قاسم', 'f', 'sara.qasim'], ['خالد درويش', 'm', 'khaled.darwish'],
  ],
};

const HOSTS: Record<Language, string> = { en: 'mail.example', bg: 'poshta.example', pl: 'poczta.example', ru: 'pochta.example', ar: 'barid.example' };

export const customersOf = (language: Language): DemoCustomer[] =>
  CUSTOMERS[language].map(([name, gender, local, phone]) => ({
    name, first: name.split(' ')[0]!, gender, address: `${local}@${HOSTS[language]}`, phone: phone ?? null, language,
  }));

/** What was said on the telephone or at the counter, in the words of the one who noted it down. */
export const CALLS: Record<Language, readonly { channel: 'phone' | 'desk'; subject: string; text: string; tags: readonly string[] }[]> = {
  en: [
    { channel: 'phone', subject: 'Asked when the green lamps are back', text: 'Wants two green desk lamps and does not mind waiting until the end of the month. Told her we expect them in the second half of next week.', tags: ['stock'] },
    { channel: 'desk', subject: 'Picked up order {order} at the counter', text: 'Showed the order on the phone, signed, took both boxes. Asked whether we sharpen knives: no, but gave the address of the grinder across the street.', tags: ['pick-up'] },
  ],
  bg: [
    { channel: 'phone', subject: 'Промяна на адреса за поръчка {order}', text: 'Пратката да отиде в офиса на куриера, а не на домашния адрес, защото ще отсъства. Обадих се в склада, променено е.', tags: ['адрес'] },
    { channel: 'desk', subject: 'Донесе тиган за смяна на дръжката', text: 'Дръжката на тигана Lumen се клати. Оставен за ремонт, казах до сряда. Да се обадим, когато е готов.', tags: ['ремонт'] },
  ],
  pl: [
    { channel: 'phone', subject: 'Pytanie o raty przy zamówieniu {order}', text: 'Chce rozłożyć płatność na trzy raty. Powiedziałam, że raty są od 200 euro, i wysłałam link do regulaminu.', tags: ['płatność'] },
  ],
  ru: [
    { channel: 'phone', subject: 'Просит перезвонить насчёт ремонта', text: 'Чайник сдан в ремонт в понедельник, хочет знать, когда забирать. Мастер говорит, что деталь придёт в четверг; обещала перезвонить.', tags: ['ремонт'] },
  ],
  ar: [
    { channel: 'phone', subject: 'استفسار عن تغيير عنوان الطلب {order}', text: 'يريد تسليم الشحنة في مكان العمل بدل البيت. عدلنا العنوان وأكدنا الموعد مع شركة التوصيل.', tags: ['عنوان'] },
  ],
};
