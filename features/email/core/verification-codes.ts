import { addressKey } from './addresses.ts';

type Signs = {
  readonly from: string; readonly subject: string; readonly text: string;
  readonly isMachine: boolean;
  /** Somebody with this address has been filed here before. */
  readonly isKnown: boolean;
};

/** Services whose mail decides whose an address is. No domain where people have their mailboxes. */
const SERVICES = [
  'google.com', 'youtube.com', 'apple.com', 'slack.com', 'github.com', 'gitlab.com', 'microsoft.com', 'microsoftonline.com', 'facebook.com', 'facebookmail.com',
  'instagram.com', 'whatsapp.com', 'linkedin.com', 'twitter.com', 'x.com', 'amazon.com', 'atlassian.com', 'notion.so', 'zoom.us', 'dropbox.com', 'okta.com',
  'auth0.com', 'discord.com', 'telegram.org', 'openai.com', 'anthropic.com', 'stripe.com', 'paypal.com', 'shopify.com', 'id.yandex.ru', 'corp.mail.ru', 'vk.com',
  'allegro.pl', 'figma.com', 'asana.com', 'trello.com',
];

/** Said to somebody who is about to prove who they are, in the languages that such mail comes in. */
const PURPOSES = [
  /\b(?:confirm|verify|validate) (?:your|this|the) (?:e-?mail|account|address|identity|sign-?in|log-?in)/i,
  /\b(?:verification|security|confirmation|one-time|one time|single-use|login|log-in|sign-in|authentication|access) (?:code|passcode|password|pin|link)\b/i,
  /\b(?:magic|sign-?in|log-?in) link\b/i, /\breset (?:your|the) password\b/i, /\bpassword reset\b/i, /\byour [\p{L}\d .-]{0,40}\bcode\b/iu,
  /\bOTP\b/, /потвърд\p{L}{1,12} (?:имейл|e-?mail|адрес|акаунт|регистрация)/iu, /код(?:ът)? за (?:потвърждение|достъп|вход|сигурност)/iu,
  /\bkod(?:u|em)? (?:weryfikacyjn|potwierdzaj|autoryzacyjn|dostępu|jednorazow|bezpiecze|logowania)/iu, /potwierdź (?:swój |adres|konto|e-?mail)/iu, /reset(?:uj|owanie)? hasł/iu,
  /код (?:подтверждения|безопасности|доступа|для входа|проверки)/iu, /одноразов\p{L}{2,3} (?:код|пароль)/iu, /подтвердите (?:ваш|свой|адрес|e-?mail|электронн|аккаунт|учётн)/iu,
  /сброс\p{L}{0,3} пароля/iu, /(?:رمز|كود) (?:التحقق|الدخول|التأكيد|الأمان|لمرة)/u, /(?:تأكيد|تحقق من) (?:بريدك|حسابك|عنوان)/u,
  /\b(?:bestätigungs|sicherheits|verifizierungs|anmelde)code\b/iu, /\bcode de (?:vérification|confirmation|sécurité|connexion)/iu, /\bcódigo de (?:verificación|seguridad|confirmación|acceso)/iu,
];
const CODE = String.raw`(?:\d{4,8}|\d{3}[ -]\d{3}|[A-Z0-9]{3,4}-[A-Z0-9]{3,4}|G-\d{6})`;
const NEAR_CODE = new RegExp(String.raw`(?:^|[^\p{L}\p{N}.,/-])${CODE}(?=$|[^\p{L}\p{N}/-])`, 'u');
/** As it is handed over, not as somebody speaks of it: on a line of its own, after a colon, before "is your". */
const HANDED = [
  new RegExp(String.raw`^[ \t*]{0,10}${CODE}[ \t*]{0,10}$`, 'mu'),
  new RegExp(String.raw`(?:code|passcode|password|pin|otp|код|пароль|парола|kod|hasło|رمز|كود|código)[^\n.!?:]{0,40}(?:[:：=]| is| е| to| هو| est| es| lautet)[ \t*\n]{1,4}${CODE}(?=$|[^\p{L}\p{N}/-])`, 'iu'),
  new RegExp(String.raw`(?:^|[^\p{L}\p{N}])${CODE} (?:is your|is the|е вашият|to twój|— ваш|- ваш|هو رمز)`, 'iu'),
];
const LINK = /https?:\/\//i;
const READ = 4_000;

/**
 * Whether a mail hands whoever reads it a code or a link that proves an address. Of the services above always; of anybody
 * else when nobody with the address was here before, since those who write to us for help have no such thing to give.
 * What a mail says about itself cannot excuse it: a name inside may be the attacker's.
 */
export function carriesVerification({ from, subject, text, isMachine, isKnown }: Signs): boolean {
  const domain = addressKey(from).split('@').at(-1) ?? '';
  const isService = SERVICES.some((service) => domain === service || domain.endsWith(`.${service}`));
  if (isKnown && !isService) return false;
  const body = text.slice(0, READ);
  const about = `${subject}\n${body}`;
  if (!speaksOfProof(about)) return false;
  if (isService || isMachine) return NEAR_CODE.test(about) || LINK.test(body);
  return HANDED.some((form) => form.test(about)) || (speaksOfProof(subject) && LINK.test(body));
}

const speaksOfProof = (text: string): boolean => PURPOSES.some((purpose) => purpose.test(text));
