import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { useFormat } from '../../../../platform/browser/format.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import { Button } from '../../../../ui/components/Button.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { RadioGroup } from '../../../../ui/components/RadioGroup.tsx';
import { useUiText } from '../../../../ui/text.ts';
import { describe, type Words } from '../../../conditions/core/describe.ts';
import { DryRunView } from '../../core/contract.ts';
import { effectInWords } from '../../core/effects.ts';
import { RULE_FIELDS } from '../../core/fields.ts';
import type { Names } from '../names.ts';
import { useAutomationText } from '../text.ts';
import { useRuleWords } from '../words.ts';
import { type Draft, ruleOf } from './draft.ts';

type DryRunProps = { draft: Draft; /** Says what is missing, and whether anything is. */ isWhole: () => boolean; names: Names; ticketHref: (id: string) => string };
type Tried = Pick<DryRunView, 'assumed' | 'hoursFit' | 'items' | 'nextCursor'> & { readonly draft: Draft };
type Shelf = 'active' | 'done';

/** Which tickets the rule would take now, and what would become of each; nothing is changed. */
export function DryRun({ draft, isWhole, names, ticketHref }: DryRunProps) {
  const t = useAutomationText();
  const errorText = useErrorText();
  const [shelf, setShelf] = useState<Shelf>('active');
  const [tried, setTried] = useState<Tried | null>(null);
  const ask = useMutation({
    mutationFn: ({ shelf: on, after }: { shelf: Shelf; after: Tried | null }) =>
      api.post('/rules/dry-run', { rule: ruleOf(after?.draft ?? draft), shelf: on, ...(after?.nextCursor && { cursor: after.nextCursor }) }, DryRunView),
    onSuccess: (found, { after }) => setTried({ ...found, items: [...(after?.items ?? []), ...found.items], draft: after?.draft ?? draft }),
  });
  const run = (on: Shelf, after: Tried | null = null) => { if (after || isWhole()) ask.mutate({ shelf: on, after }); };

  return (
    <section aria-labelledby="automation-dry-run" className="flex flex-col gap-3 border-t border-hairline pt-4">
      <div className="flex flex-wrap items-center gap-3">
        <div className="min-w-56 flex-1">
          <h3 id="automation-dry-run" className="font-semibold">{t('automation.dry')}</h3>
          <p className="text-13 text-ink-faint">{t('automation.dry.why')}</p>
        </div>
        <Button icon={FlaskConical} isPending={ask.isPending && !ask.variables.after} onPress={() => run(shelf)}>{t('automation.dry.verb')}</Button>
      </div>
      {ask.error && <Banner tone="danger">{errorText(ask.error)}</Banner>}
      <div aria-live="polite" className="flex flex-col gap-3">
        {tried && (
          <>
            <RadioGroup
              label={t('automation.dry.shelf')} labelHidden layout="line" value={shelf}
              options={[{ id: 'active', label: t('automation.dry.active') }, { id: 'done', label: t('automation.dry.done') }]}
              onChange={(on) => {
                setShelf(on);
                run(on);
              }}
            />
            {tried.draft !== draft && <Banner tone="warning">{t('automation.dry.stale')}</Banner>}
            <Found tried={tried} names={names} ticketHref={ticketHref} isBusy={ask.isPending} onMore={() => run(shelf, tried)} />
          </>
        )}
      </div>
    </section>
  );
}

type FoundProps = { tried: Tried; names: Names; ticketHref: (id: string) => string; isBusy: boolean; onMore: () => void };

function Found({ tried, names, ticketHref, isBusy, onMore }: FoundProps) {
  const t = useAutomationText();
  const ui = useUiText();
  const format = useFormat();
  const words = useRuleWords(names);
  const { items, nextCursor, assumed, hoursFit } = tried;
  return (
    <>
      {hoursFit === false && <Banner tone="warning">{t('automation.dry.outside_hours')}</Banner>}
      {assumed.length > 0 && <p className="text-13 text-ink-faint">{t('automation.dry.assumed', { conditions: describe({ version: 1, all: assumed }, RULE_FIELDS, words) })}</p>}
      <p className="font-medium">{t(nextCursor ? 'automation.dry.found_more' : 'automation.dry.found', { count: items.length, shown: format.number(items.length) })}</p>
      {items.length > 0 && <EffectsTable items={items} words={words} ticketHref={ticketHref} />}
      {nextCursor && <Button size="small" className="self-start" isPending={isBusy} onPress={onMore}>{ui('ui.more')}</Button>}
    </>
  );
}

const CELL = 'border-b border-hairline py-2 pe-4 align-top';

function EffectsTable({ items, words, ticketHref }: { items: DryRunView['items']; words: Words; ticketHref: (id: string) => string }) {
  const t = useAutomationText();
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-13">
        <thead>
          <tr className="text-start text-12 text-ink-faint">
            <th scope="col" className={`${CELL} text-start font-medium`}>{t('automation.dry.ticket')}</th>
            <th scope="col" className={`${CELL} text-start font-medium`}>{t('automation.dry.would')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ ticket, effects }) => (
            <tr key={ticket.id}>
              <td className={`${CELL} min-w-40 [overflow-wrap:anywhere]`}>
                <Link href={ticketHref(ticket.id)} target="_blank"><span dir="ltr">#{ticket.number}</span></Link>
                <br />
                <bdi>{ticket.subject}</bdi>
              </td>
              <td className={`${CELL} min-w-40`}>
                <ul>
                  {effects.map((effect, index) => (
                    <li key={index} className={effect.effect === 'changes' ? undefined : 'text-ink-faint'}><bdi>{effectInWords(effect, words)}</bdi></li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
