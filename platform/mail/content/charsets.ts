import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { guessCharset } from './guessing.ts';

/** Labels under which programs write what is really one of the family of ASCII; bytes above it are then anybody's guess. */
const VAGUE = /^(?:|us-ascii|ascii|ansi_x3\.4-1968|iso-?8859-?1|latin-?1|l1|cp1252|windows-1252|x-unknown|unknown(?:-8bit)?|default|none|8bit|7bit|binary|x-user-defined|default_charset|utf-?8|unicode-1-1-utf-8)$/;
const NAMES: Readonly<Record<string, string>> = {
  'cp-850': 'cp850', 'cp-1251': 'windows-1251', 'win-1251': 'windows-1251', 'win1251': 'windows-1251', 'win-1250': 'windows-1250', 'x-mac-ce': 'maccenteuro', 'x-mac-centraleurroman': 'maccenteuro',
  'x-mac-greek': 'macgreek', 'x-mac-turkish': 'macturkish', 'x-mac-arabic': 'macroman', 'unicode-1-1-utf-7': 'utf-7', 'x-utf-7': 'utf-7', 'csunicode11utf7': 'utf-7', 'ks_c_5601': 'euc-kr', 'x-windows-949': 'euc-kr', 'cp949': 'euc-kr', 'ms949': 'euc-kr', 'uhc': 'euc-kr',
  'x-gbk': 'gbk', 'gb2312_charset': 'gbk', 'gb2312-80': 'gbk', 'cp936': 'gbk', 'ms936': 'gbk', 'cp932': 'shift_jis', 'ms932': 'shift_jis', 'windows-932': 'shift_jis', 'cp950': 'big5', 'x-big5': 'big5', 'iso-2022-jp-1': 'iso-2022-jp', 'iso-2022-jp-2': 'iso-2022-jp', 'iso-2022-jp-3': 'iso-2022-jp',
  'cp50220': 'iso-2022-jp', 'cp50221': 'iso-2022-jp', 'iso-8859-8-i': 'iso-8859-8', 'iso-8859-8-e': 'iso-8859-8', 'x-euc-tw': 'big5', 'dos-866': 'ibm866', 'cp-866': 'ibm866', 'koi8-ru': 'koi8-u', 'koi8r': 'koi8-r', 'koi8u': 'koi8-u', 'x-koi8-r': 'koi8-r', 'mik': 'mik',
};

/** Text from bytes: as declared where that is believable, else as what the bytes themselves look like. Never throws. */
export function decodeText(bytes: Uint8Array, declared: string | null | undefined): string {
  const label = normal(declared);
  if (label === 'iso-2022-kr') return iso2022kr(bytes);
  if (label === 'hz-gb-2312') return hz(bytes);
  if (!VAGUE.test(label)) {
    const known = decodeAs(bytes, label);
    // What calls itself something else but is faultless UTF-8 with characters beyond ASCII was labelled wrongly.
    if (known !== null && !(isSingleByte(label) && isPlainlyUtf8(bytes))) return known;
  }
  return guess(bytes, label);
}

/** Whether the platform decodes it as the label says, so that nothing of ours is needed. */
export const isPlatformCharset = (declared: string): boolean => {
  const label = normal(declared);
  return /^utf-?8$/.test(label) || (!VAGUE.test(label) && nativeDecoder(label) !== null && !isSingleByte(label));
};

const normal = (declared: string | null | undefined): string => {
  const label = (declared ?? '').trim().toLowerCase().replace(/^["']|["']$/g, '').replace(/\s+/g, '').replace(/\*.*$/, '');
  return NAMES[label] ?? label;
};

const WESTERN = /8859-?1$|latin-?1$|^l1$|1252$/;
/** It is decoded slowly, and nobody writes books in it. */
const MAX_UTF_7 = 1024 * 1024;

type Decoder = InstanceType<typeof TextDecoder>;
const decoders = new Map<string, Decoder | null>();
function nativeDecoder(label: string): Decoder | null {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  let made: Decoder | null = null;
  try {
    made = new TextDecoder(label);
  } catch { /* not one of the platform's */ }
  if (decoders.size < 200) decoders.set(label, made);
  return made;
}

function decodeAs(bytes: Uint8Array, label: string): string | null {
  const native = nativeDecoder(label) ?? nativeDecoder(label.replace(/^x-/, ''));
  if (native) return native.decode(bytes);
  const name = [label, label.replace(/^x-/, ''), label.replace(/[-_]/g, '')].find((one) => iconv.encodingExists(one));
  const size = label === 'utf-7' ? Math.min(bytes.byteLength, MAX_UTF_7) : bytes.byteLength;
  return name === undefined ? null : iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, size), name);
}

const isSingleByte = (label: string): boolean => /^(?:iso-?8859|windows-?125|cp125|koi8|mac|x-mac|ibm|cp8|tis|latin|l\d)/.test(label);

function isPlainlyUtf8(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && bytes.some((byte) => byte >= 0x80);
}

/** UTF-8 when it is faultless; else what the letters look like. */
function guess(bytes: Uint8Array, label: string): string {
  if (isUtf8(bytes)) return escapesToJapanese(bytes) ?? new TextDecoder().decode(bytes);
  const broken = new TextDecoder().decode(bytes);
  // A few broken bytes in the middle of good UTF-8 are just that.
  const beyondAscii = Array.from(broken.slice(0, 50_000)).filter((one) => one > '\u007f');
  const faults = beyondAscii.filter((one) => one === '\ufffd').length;
  const good = beyondAscii.length - faults;
  if (/^utf-?8$/.test(label) ? good > 0 && good * 2 >= faults : good > faults * 4) return broken;
  return decodeAs(bytes, guessCharset(bytes, { isWestern: WESTERN.test(label) })) ?? broken;
}

const ESC = 0x1b;
function escapesToJapanese(bytes: Uint8Array): string | null {
  const at = bytes.indexOf(ESC);
  return at !== -1 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40) ? new TextDecoder('iso-2022-jp').decode(bytes) : null;
}

/** RFC 1557: after SO, pairs of seven-bit bytes are EUC-KR without its high bits. */
function iso2022kr(bytes: Uint8Array): string {
  return shifted(bytes, { on: 0x0e, off: 0x0f }, 'euc-kr').replace(/\u001b\$\)C/g, '');
}

function shifted(bytes: Uint8Array, { on, off }: { on: number; off: number }, label: string): string {
  const wide = new Uint8Array(bytes.length);
  let length = 0;
  let isOn = false;
  for (const byte of bytes) {
    if (byte === on) isOn = true;
    else if (byte === off) isOn = false;
    else {
      if (byte === 0x0a) isOn = false;
      wide[length++] = isOn && byte >= 0x21 && byte <= 0x7e ? byte | 0x80 : byte;
    }
  }
  return new TextDecoder(label).decode(wide.subarray(0, length));
}

/** RFC 1843: `~{` and `~}` around pairs of GB 2312. */
function hz(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1').replaceAll('~{', '\u000e').replaceAll('~}', '\u000f').replaceAll('~\n', '').replaceAll('~~', '~');
  return shifted(Buffer.from(text, 'latin1'), { on: 0x0e, off: 0x0f }, 'gbk');
}
