import { Link2 } from 'lucide-react';
import { type Format, useFormat } from '../../../../platform/browser/format.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { type TicketsText, useTicketsText } from '../text.ts';

const WARNINGS: Readonly<Record<string, TicketsText>> = {
  unparsable: 'tickets.notice.unparsable', shortened: 'tickets.notice.shortened', unproven: 'tickets.notice.unproven', follows: 'tickets.notice.follows',
  note_by_mail: 'tickets.notice.note_by_mail', unverified_colleague: 'tickets.notice.unverified_colleague', colleague_address: 'tickets.notice.colleague_address',
  unproven_address: 'tickets.notice.unproven_address',
  encrypted_pgp: 'tickets.notice.encrypted_pgp', encrypted_smime: 'tickets.notice.encrypted_smime',
  fragment: 'tickets.notice.fragment',
};
/** Good to know, and nothing to worry about. */
const REMARKS: Readonly<Record<string, TicketsText>> = {
  out_of_office: 'tickets.notice.out_of_office', challenge: 'tickets.notice.challenge', read_receipt: 'tickets.notice.read_receipt', automatic_answer: 'tickets.notice.automatic_answer',
  invitation_request: 'tickets.notice.invitation_request', invitation_reply: 'tickets.notice.invitation_reply', invitation_cancel: 'tickets.notice.invitation_cancel',
  invitation_publish: 'tickets.notice.invitation_publish', signed_pgp: 'tickets.notice.signed_pgp', signed_smime: 'tickets.notice.signed_smime', forwarded: 'tickets.notice.forwarded',
  handed_in: 'tickets.notice.handed_in', only_thanks: 'tickets.notice.only_thanks',
};
/** Where it came from. What to do about it the top of the ticket asks; when that is decided, this still holds. */
const ORIGINS: Readonly<Record<string, TicketsText>> = { stranger: 'tickets.notice.stranger', possibly_belongs_to: 'tickets.notice.possibly_belongs_to' };

/** A code, for some with the number of another ticket or a few words behind a colon; what is not known is shown as it is. */
export function Notice({ notice }: { notice: string }) {
  const t = useTicketsText();
  const format = useFormat();
  const colon = notice.indexOf(':');
  const [code, detail] = colon === -1 ? [notice, ''] : [notice.slice(0, colon), notice.slice(colon + 1)];
  const words = (text: TicketsText) => t(text, { number: detail, detail: isolated(inReadersTime(detail, format)) });
  const origin = ORIGINS[code];
  if (origin) {
    return (
      <p className="flex items-start gap-1.5 text-12 text-ink-faint">
        <Link2 aria-hidden size={13} strokeWidth={1.75} className="mt-0.5 shrink-0" />
        <span>{words(origin)}</span>
      </p>
    );
  }
  const text = WARNINGS[code] ?? REMARKS[code];
  return <Banner tone={code in REMARKS ? 'info' : 'warning'}>{text ? words(text) : <span dir="auto">{notice}</span>}</Banner>;
}

const UTC = /(\d{4}-\d\d-\d\d) (\d\d:\d\d) \(UTC\)(?:–(\d\d:\d\d))?/g;

/** Times written in UTC by the reader's clock; others stay as their writer put them, with the zone that they named. */
const inReadersTime = (detail: string, format: Format): string => detail.replace(UTC, (written: string, day: string, from: string, to?: string) => {
  const [start, end] = [from, to ?? from].map((time) => new Date(`${day}T${time}Z`)) as [Date, Date];
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime())) return written;
  const until = start.toDateString() === end.toDateString() ? format.time(end) : format.dateTime(end);
  return isolated(`${format.dateTime(start)}${to === undefined ? '' : ` – ${until}`}`);
});
