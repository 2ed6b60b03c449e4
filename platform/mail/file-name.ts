const MAX_BYTES = 255;
/** Invisible characters and those that turn the direction of text: a name must look like what it is. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

const DEFAULTS: Record<string, string> = {
  'message/rfc822': 'message.eml', 'text/calendar': 'invitation.ics', 'text/plain': 'text.txt', 'text/html': 'page.html',
  'application/pgp-signature': 'signature.asc', 'application/pkcs7-signature': 'smime.p7s', 'application/x-pkcs7-signature': 'smime.p7s', 'application/pgp-encrypted': 'pgp-version.txt',
  'application/pkcs7-mime': 'smime.p7m', 'application/x-pkcs7-mime': 'smime.p7m', 'application/ms-tnef': 'winmail.dat', 'message/disposition-notification': 'receipt.txt', 'message/feedback-report': 'feedback-report.txt',
  'message/delivery-status': 'delivery-status.txt', 'text/rfc822-headers': 'headers.txt', 'image/png': 'image.png',
  'image/jpeg': 'image.jpg', 'image/gif': 'image.gif', 'application/pdf': 'document.pdf',
};

/** A stranger's file name as a label: no folders, nothing hidden, at most 255 bytes with the ending kept. */
export function cleanFileName(name: string, contentType: string): string {
  const last = name.normalize('NFC').replace(HIDDEN, '').split(/[\\/]/).at(-1)!.trim();
  if (last === '' || last === '.' || last === '..') return DEFAULTS[contentType] ?? 'attachment';
  return shorten(last);
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= 20 ? name.slice(dot) : '';
  let stem = ending ? name.slice(0, dot) : name;
  stem = stem.slice(0, MAX_BYTES);
  while (Buffer.byteLength(stem + ending) > MAX_BYTES) stem = stem.slice(0, -1);
  return (stem + ending).toWellFormed();
}
