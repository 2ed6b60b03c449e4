import type { Speech } from './speech.ts';

export const polish: Speech = {
  promises: [
    '(?:od|za|prze)dzwoni(?:ę|my)', 'zwróc(?:ę|imy)', '(?:wy|prze|pode)śl(?:ę|emy)', 'odpisz(?:ę|emy)', 'odpowiem(?:y)?', 'dam(?:y)? znać', 'poinformuj(?:ę|emy)', 'napisz(?:ę|emy)',
    'skontaktuj(?:ę|emy)', 'sprawdz(?:ę|imy)', 'przygotuj(?:ę|emy)', 'dostarcz(?:ę|ymy)', 'załatwi(?:ę|my)', 'naprawi(?:ę|my)', 'wymieni(?:ę|my)', 'wyjaśni(?:ę|my)', 'wrócę', 'wrócimy', 'będ(?:ę|ziemy)',
    'obiecuj(?:ę|emy)', '(?:otrzyma|dostanie|otrzymają|dostaną)', 'zostan(?:ie|ą) (?:zwrócon|wysłan|dostarczon|naprawion|wymienion)\\p{L}+', 'zwrot(?: \\S+){0,4} (?:do|w ciągu)',
  ],
  refusals: ['nie (?:\\p{L}+ )?(?:zdążę|zdążymy|damy|dam|będę|będziemy|możemy|mogę|oddzwoni\\p{L}+|zwróc\\p{L}+|wyśl\\p{L}+)'],
  kinds: [
    ['callback', '(?:(?:od|za|prze)dzwoni(?:ę|my)|telefonicznie)'], ['refund', '(?:zwróc(?:ę|imy)(?: \\S+){0,3} (?:pieniądze|kwotę|środki|należność)|zwrot(?:u)?|zwróc(?:ę|imy)|zwrócon\\p{L}+)'],
    ['information', '(?:dam(?:y)? znać|poinformuj(?:ę|emy)|odpisz(?:ę|emy)|odpowiem(?:y)?|napisz(?:ę|emy))'], ['follow_up', '(?:sprawdz(?:ę|imy)|wyjaśni(?:ę|my))'],
  ],
  days: [[0, '(?:dzisiaj|dziś|do końca dnia)'], [2, 'pojutrz[ea]'], [1, 'jutr[oa]']],
  weekdays: ['poniedział(?:ek|ku)', 'wtor(?:ek|ku)', 'środ[aęy]', 'czwart(?:ek|ku)', 'piąt(?:ek|ku)', 'sobot[aęy]', 'niedziel[aęi]'],
  next: '(?:następn(?:y|ą|ego|ej)|przyszł(?:y|ą|ego|ej)) ',
  months: ['stycznia', 'lutego', 'marca', 'kwietnia', 'maja', 'czerwca', 'lipca', 'sierpnia', 'września', 'października', 'listopada', 'grudnia'],
  dayOfMonth: ['do #-?(?:go|ego)', '(?:do|dnia) #\\.'],
  within: [
    ['hour', '(?:za|w ciągu|w przeciągu) # godzin(?:y|ę)?'], ['workday', '(?:za|w ciągu|w przeciągu) # dni(?:a)? robocz\\p{L}+'], ['workday', '(?:za|w ciągu|w przeciągu) # robocz\\p{L}+ dni'],
    ['day', '(?:za|w ciągu|w przeciągu) # (?:dni|dnia|dzień)'], ['week', '(?:za|w ciągu|w przeciągu) # tygodni(?:e|a)?'],
  ],
  numbers: { jeden: 1, jednego: 1, dwa: 2, dwie: 2, dwóch: 2, trzy: 3, trzech: 3, cztery: 4, czterech: 4, pięć: 5, pięciu: 5, sześć: 6, siedem: 7, siedmiu: 7, dziesięć: 10, dziesięciu: 10 },
  endOfWeek: '(?:do )?końca (?:tego )?tygodnia',
  hours: ['(?:do|o|przed)(?: godz\\.?| godzin(?:ą|y|ie))? (?=\\d{1,2}[:.]\\d\\d)#', '(?:do|o|przed)(?: godz\\.?| godzin(?:ą|y|ie)) #'],
  morning: ' rano', afternoon: ' (?:po południu|wieczorem)', noon: '(?:południ(?:a|em)|w południe)',
};
