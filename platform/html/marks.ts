import { attributeOf, type Attribute, type Tag } from './tags.ts';

/** Below where these begin all is the message answered: the ids and classes that mail programs give. */
const QUOTES = new Set([
  'divrplyfwdmsg', 'appendonsend', 'olk_src_body_section', 'mail-editor-reference-message-container', 'stopspelling', 'replysplit', 'isforwardcontent', 'isreplycontent', 'mailcontent',
  'origbody', 'reply139content', 'orimsghtmlseperator', 'ms-outlook-mobile-reference-message', 'zmail_extra', 'moz-forward-container', 'yahoo_quoted', 'protonmail_quote', 'tutanota_quote',
  'iosymail', 'skiff_quote', 'front-blockquote', 'mailru-blockquote', 'hs_reply', 'missive_quote', 'zwchr', '__divider__', '__headers__', '__quoted_text__', 'outlookmessageheader', 'moz-email-headers-table', 'zmail_extra_hr', 'wiseportal_quote', 'quoted-content', 'messagereplysection',
]);
const SIGNATURES = new Set([
  'gmail_signature', 'moz-signature', 'protonmail_signature_block', 'ms-outlook-mobile-signature', 'skiff_signature', 'signature', 'applemailsignature', 'composer_signature',
  'protonmail_mobile_signature_block', 'ymail_android_signature', 'ms-outlook-ios-signature', 'tutanota_signature', 'messagesignaturesection', 'mailru-signature', 'js-signature', '__sig_pre__', '__sig_post__', 'front-signature', 'hs_signature', 'zmail_signature', 'signature-widget',
]);
const TRACES = new RegExp(`<blockquote|[_-](?:quote|signature)|border-top:\\s{0,5}solid|${[...QUOTES, ...SIGNATURES].join('|')}`, 'i');
/** The rule that Outlook draws above the header of the message answered. */
const RULE = /border-top:\s{0,5}solid\s{1,5}(?:#(?:e1e1e1|b5c4df|b1b1b1)|rgb\((?:225,\s?225,\s?225|181,\s?196,\s?223)\))/i;

const NAMING: readonly Attribute[] = ['id', 'class', 'name', 'data-marker'];

/** Whether a page may say where a quote or a signature begins: cheaper than reading it. */
export const mayBeMarked = (html: string): boolean => TRACES.test(html);

/** What a mail program says with a tag about what it holds. */
export function markOf({ name, attributes }: Tag): 'quote' | 'signature' | null {
  if (attributes === '' || !/(?:id|class|name|style|marker|fairemail|widget)\s{0,5}=/i.test(attributes)) return null;
  if (isNamedSignature(attributes)) return 'signature';
  const words = NAMING.flatMap((attribute) => attributeOf(attributes, attribute).toLowerCase().split(/\s+/u));
  // Web mail puts its own prefix before the ids and classes of the mail that it shows.
  const known = (list: ReadonlySet<string>) => words.some((word) => list.has(word) || list.has(word.replace(/^(?:x_|yiv\d{1,12}|ydp[0-9a-f]{1,12}|m_-?\d{1,25})+/u, '')));
  if (known(QUOTES) || (name === 'div' && words.includes('quote') && attributeOf(attributes, 'name') !== '')) return 'quote';
  if (known(SIGNATURES)) return 'signature';
  return name === 'div' && RULE.test(attributeOf(attributes, 'style')) ? 'quote' : null;
}

const isNamedSignature = (attributes: string): boolean =>
  /fairemail|signature-widget/iu.test(attributes) && (attributeOf(attributes, 'fairemail') === 'signature' || attributeOf(attributes, 'data-signature-widget') === 'container');

/** Web mail moves a paragraph to the right with an element that elsewhere holds a quote. */
export const isIndented = ({ attributes }: Tag): boolean =>
  attributes !== '' && (/webkit-indent-blockquote/iu.test(attributeOf(attributes, 'class')) || isBare(attributeOf(attributes, 'style')));

/** Without the line that stands beside a quote. */
const isBare = (style: string): boolean => /border(?:-width)?:\s{0,5}(?:none|0)|margin:\s{0,5}0(?:px)?\s{1,5}0(?:px)?\s{1,5}0(?:px)?\s{1,5}40px/iu.test(style) && !/border-(?:left|right|inline)/iu.test(style);
