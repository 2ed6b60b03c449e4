import type { Language } from '../../kernel/languages.ts';

export type Detected = {
  readonly language: Language | null;
  /** False when it is a guess: the text is short, mixed, or close between two languages. */
  readonly sure: boolean;
};

/** Longer texts add nothing; a message says its language in its first lines. */
const MAX_READ = 4_000;
/** Below this many letters a customer's known language outweighs a guess. */
const SHORT = 24;

/**
 * The language of what a person wrote (hand in the text without quotes and signature).
 * Script first; then, between Bulgarian and Russian and between English, Polish and the rest of the Latin world, the
 * commonest words, endings and letters that only one of them has. A general detector knows 60 languages and costs
 * 85 to 400 MB of memory; between these five this one is as good (see the test) and costs nothing.
 */
export function detectLanguage(text: string, known: Language | null = null): Detected {
  const whole = text.slice(0, MAX_READ).normalize('NFC').toLowerCase();
  const read = (whole.includes('@') ? whole.replace(/\S{1,64}@\S*/gu, ' ') : whole).replace(/(?:https?:\/\/|www\.)\S*/gu, ' ');
  const letters = { Latin: count(read, LATIN), Cyrillic: count(read, CYRILLIC), Arabic: count(read, ARABIC) };
  const total = count(read, LETTER);
  const [script, size] = Object.entries(letters).sort((a, b) => b[1] - a[1])[0]!;
  if (size === 0 || size < total / 2) return { language: known, sure: false };
  if (script === 'Arabic') return arabic(read, size);
  const scores = script === 'Cyrillic' ? score(read, CYRILLIC_SIGNS) : score(read, LATIN_SIGNS);
  return decide(scores, size, known);
}

/** Persian and Urdu share the script and have letters that Arabic lacks. */
function arabic(text: string, size: number): Detected {
  const foreign = count(text, /[پچژگکیٹڈڑںےہ]/gu);
  return foreign * 20 > size ? { language: null, sure: true } : { language: 'ar', sure: true };
}

type Verdict = Language | 'other';
type Scores = Partial<Record<Verdict, number>>;

function decide(scores: Scores, size: number, known: Language | null): Detected {
  const [[best, most], second] = ranked(scores);
  const lead = most - (second?.[1] ?? 0);
  if (isClear(most, lead)) {
    if (best === 'other') return { language: null, sure: true };
    if (size >= SHORT || lead >= 4) return { language: best, sure: true };
  }
  const guess = best === 'other' || lead === 0 ? null : best;
  return { language: outweighs(known, scores, size, lead) ? known : (guess ?? known), sure: false };
}

const isClear = (most: number, lead: number): boolean => most >= 3 && lead >= Math.max(2, most * 0.3);

const outweighs = (known: Language | null, scores: Scores, size: number, lead: number): boolean =>
  known !== null && known in scores && (size < SHORT || lead < 1);

function ranked(scores: Scores): [[Verdict, number], [Verdict, number] | undefined] {
  const order = (Object.entries(scores) as [Verdict, number][]).sort((a, b) => b[1] - a[1]);
  return [order[0] ?? ['other', 0], order[1]];
}

type Signs = { readonly words: ReadonlySet<string>; readonly endings: RegExp | null; readonly letters: RegExp | null };

/** A word or a letter that only this language has counts 2, an ending 1. */
function score(text: string, signs: Partial<Record<Verdict, Signs>>): Scores {
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  const scores: Scores = {};
  for (const [verdict, { words: own, endings, letters }] of Object.entries(signs) as [Verdict, Signs][]) {
    let points = 0;
    for (const word of words) {
      if (own.has(word)) points += 2;
      else if (endings?.test(word)) points += 1;
      if (letters?.test(word)) points += 2;
    }
    scores[verdict] = points;
  }
  return scores;
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const LETTER = /\p{L}/gu;
const LATIN = /\p{Script=Latin}/gu;
const CYRILLIC = /\p{Script=Cyrillic}/gu;
const ARABIC = /\p{Script=Arabic}/gu;

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const CYRILLIC_SIGNS = {
  bg: {
    words: set(
      'съм си сме сте са се ще да би ми ти му ѝ го ги ни ви че какво как къде кога защо кой коя кое кои когато докато ' +
        'този тази това тези онзи една един едно едни от при през след преди без във със към може можете искам искате ' +
        'имам имате има няма нямам моля благодаря здравейте здрасти привет добър ден вечер поздрави само още вече ' +
        'днес утре вчера много малко нещо някой никой всичко моята моят вашата вашия вашият поръчка поръчката пратка ' +
        'пратката връщане доставката доставчик куриер никой грешен счупено смяна адреса адресът получих изпратих поръчах трябва бих искал искала работи ли също така',
    ),
    endings: /..(?:ата|ята|ите|ият|ът|ят|ето|ото|ите|хме|хте|ваме|вате|ване|ния|ието)$/u,
    letters: /ъ(?!$)|ѝ/u,
  },
  ru: {
    words: set(
      'я мне меня мой моя мое мои мы нас нам наш ты вы вас вам ваш ваша ваше ваши он она оно они его ее их это этот эта тот чего ' +
        'эти что чтобы как где когда почему кто который которая которые если или у к ко во нет есть был была было ' +
        'были быть для от до при из без над об по после перед уже еще ещё только очень можно нужно надо хочу хотел ' +
        'хотела хотелось здравствуйте добрый день вечер привет спасибо пожалуйста заказ заказа заказал заказала посылка ' +
        'посылку возврат деньги пришел пришла пришло получил получила доставки никто сломан смена уважением подскажите помогите же бы',
    ),
    endings: /..(?:ть|ться|тся|ого|его|ому|ему|ый|ий|ая|яя|ое|ее|ые|ых|их|ешь|ишь|ете|ите|лся|лась|ции|ция|ами|ями|ах|ях|ов|ей|ает|яет|ует|дит|дят|тся)$/u,
    letters: /[ыэё]/u,
  },
  other: { words: set('і та що як є але або це й щоб дуже ви ми він вона сам је није да ли али што који како'), endings: null, letters: /[іїєґўјљњћђџѓќѕӣқғүұһәөң]/u },
} satisfies Partial<Record<Verdict, Signs>>;

const LATIN_SIGNS = {
  en: {
    words: set(
      'the and of to in is it you that was for are with as his they be at this have from or one had by not but what all were ' +
        'we when your can said there an each which she how their will other about out many then them these so some her would ' +
        'make like him into time has could no than been its who did get may my i me our us if any after before where why ' +
        'please thanks thank hello hi dear order ordered received parcel package delivery delivered refund return broken ' +
        'invoice still does doesn don just wrong sent regards yes help need want today yesterday tomorrow much very good change address cancel size late answer yet waiting account payment price',
    ),
    endings: /..(?:ing|tion|ed|ly|ness|ment|ould|ight)$/u,
    letters: null,
  },
  pl: {
    words: set(
      'i w we z ze na do od po za przez przed dla bez pod nad przy o u nie tak jest są być był była było byli się że co jak ' +
        'gdzie kiedy dlaczego kto który która które czy to ten ta te tego tej tym ale lub albo oraz już jeszcze tylko bardzo ' +
        'proszę prosze dziękuję dziekuje dzień dzien dobry witam cześć czesc mam mamy mogę moge chcę chce chciałbym chciałabym ' +
        'mój moja moje moją pan pani państwo zamówienie zamówienia zamowienie zamowienia paczka paczki paczkę paczke zwrot ' +
        'faktura fakturę reklamacja pozdrawiam dostałem dostałam wczoraj dziś dzisiaj jutro mi mnie nam was wam jego jej ich sie ma zmiana adresu rozmiar adres płatność konto',
    ),
    endings: /..(?:ów|ego|emu|ych|ami|ach|ać|eć|ić|yć|ość|ości|enie|anie|łem|łam|cie|cji|cja|ymi|iej|owy|owa|owe|ski|ska)$/u,
    letters: /[ąęłńśźżćó]/u,
  },
  other: {
    words: set(
      'der die das und ist nicht ich sie wir mit für auf ein eine zu den von dem im bei habe bitte danke guten tag meine ' +
        'le la les des et est une un je vous nous pas que qui dans pour sur avec bonjour merci votre mon ma ce cette du au ' +
        'el los las y es una por con para su mi hola gracias pedido no que está muy il lo gli che di sono per non ciao grazie ' +
        'het een en van ik niet de dat met voor op mijn hallo bedankt os uma com não obrigado olá och att det jag inte en som ' +
        'på är min je se v na že s dobrý prosím děkuji ve jsem și în nu pe am cu bir ve bu için ne',
    ),
    endings: null,
    letters: /[äöüßàâçèêëîïôûùñãõøåæœřěščžýůţțşșăığ]/u,
  },
} satisfies Partial<Record<Verdict, Signs>>;
