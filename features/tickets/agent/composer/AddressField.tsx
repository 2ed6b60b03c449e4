import { useId, useState } from 'react';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { classes } from '../../../../ui/classes.ts';
import { TagList } from '../../../../ui/components/TagList.tsx';
import { MailAddress } from '../../../../kernel/contract.ts';
import { useTicketsText } from '../text.ts';

type AddressFieldProps = {
  label: string;
  addresses: readonly string[];
  /** What to show for an address that is known. */
  nameOf: (address: string) => string;
  onChange: (addresses: string[]) => void;
  autoFocus?: boolean;
};

/** Addresses as they will be written to; more are added by typing or pasting them. */
export function AddressField({ label, addresses, nameOf, onChange, autoFocus = false }: AddressFieldProps) {
  const t = useTicketsText();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const id = useId();

  const add = (typed: string) => {
    const candidates = addressesIn(typed);
    const bad = candidates.find((one) => !MailAddress.safeParse(one).success) ?? null;
    const good = candidates.filter((one) => MailAddress.safeParse(one).success && !addresses.some((known) => known.toLowerCase() === one.toLowerCase()));
    setWrong(bad);
    setText(bad ?? '');
    if (good.length > 0) onChange([...addresses, ...good]);
  };

  return (
    <div className="flex min-h-8 items-start gap-2 px-3 py-0.5">
      <label htmlFor={id} className="w-10 shrink-0 pt-1 text-13 text-ink-faint">{label}</label>
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
        {addresses.length > 0 && (
          <TagList
            label={label}
            tags={addresses.map((address) => ({ id: address, name: nameOf(address) }))}
            onRemove={(gone) => onChange(addresses.filter((address) => address !== gone))}
          />
        )}
        <input
          id={id}
          dir="ltr"
          type="text"
          inputMode="email"
          autoComplete="off"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- a forward has nothing else to fill in first
          autoFocus={autoFocus}
          value={text}
          aria-invalid={wrong !== null}
          aria-describedby={wrong !== null ? `${id}-wrong` : undefined}
          onChange={(event) => (/[,;\s]$/.test(event.target.value) ? add(event.target.value) : setText(event.target.value))}
          onPaste={(event) => {
            event.preventDefault();
            add(text + event.clipboardData.getData('text'));
          }}
          onBlur={() => text.trim() && add(text)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
              event.preventDefault();
              add(text);
            }
            if (event.key === 'Backspace' && text === '') onChange(addresses.slice(0, -1));
          }}
          className={classes('h-6 min-w-12 flex-1 bg-transparent text-13 outline-none rtl:text-end pointer-coarse:h-11', wrong !== null && 'text-danger-ink')}
        />
        {wrong !== null && <p id={`${id}-wrong`} role="alert" className="basis-full text-12 text-danger-ink">{t('tickets.address_wrong', { address: isolated(wrong) })}</p>}
      </div>
    </div>
  );
}

/** "Maria <maria@example.org>, ivan@example.org": whatever can be copied from a mail program. */
const addressesIn = (text: string): string[] => {
  const inBrackets = [...text.matchAll(/<([^<>\s]+@[^<>\s]+)>/g)].map(([, address]) => address ?? '');
  return inBrackets.length > 0 ? inBrackets : text.split(/[\s,;]+/).filter((one) => one !== '');
};
