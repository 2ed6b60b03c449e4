/** Hours ahead of UTC of zones that people write by name; `Date` knows the American ones. */
const ZONES: Readonly<Record<string, string>> = {
  WET: '+0000', WEST: '+0100', BST: '+0100', CET: '+0100', MET: '+0100', CEST: '+0200', MEST: '+0200', MESZ: '+0200', EET: '+0200', SAST: '+0200',
  EEST: '+0300', MSK: '+0300', TRT: '+0300', AST: '+0300', MSD: '+0400', GST: '+0400', PKT: '+0500', IST: '+0530', HKT: '+0800', SGT: '+0800', JST: '+0900', KST: '+0900', AEST: '+1000',
};

/** Day, time and zone, whatever stands around them; of a zone that nobody knows the hours are taken as UTC's. */
const WHEN = /(\d{1,2})[ -](\p{L}{3})\p{L}{0,7}\.?[ -](\d{4}),? (\d{1,2})[.:](\d\d)(?:[.:](\d\d))?(?: ?"?([+-]\d{2}:?\d{2}|[A-Z]{3,4})\b)?/u;
/** As `date` prints it. */
const AS_PRINTED = /\p{L}{3} (\p{L}{3}) (\d{1,2}) (\d{1,2}):(\d\d):(\d\d) ([A-Z]{3,4}) (\d{4})/u;

/** A Date field as a moment. `usual`: what the parser makes of it, which is believed where it names its zone in a way that everybody knows. */
export function dateIn(written: string, usual: string | undefined): string | null {
  const field = written.slice(0, 500).replace(/\s+/g, ' ');
  const printed = AS_PRINTED.exec(field);
  const plain = printed ? `${printed[2]} ${printed[1]} ${printed[7]} ${printed[3]}:${printed[4]}:${printed[5]} ${printed[6]}` : field;
  return momentOf(usual ?? '') ?? momentOf(spelledOut(plain) ?? '');
}

function spelledOut(field: string): string | null {
  const [, day, month, year, hour, minute, second = '00', zone = ''] = WHEN.exec(field) ?? [];
  if (day === undefined) return null;
  const offset = /^[+-]/.test(zone) ? zone.replace(':', '') : ZONES[zone] ?? '+0000';
  return `${day} ${month} ${year} ${hour}:${minute}:${second} ${offset}`;
}

function momentOf(text: string): string | null {
  const at = new Date(text);
  return text === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}
