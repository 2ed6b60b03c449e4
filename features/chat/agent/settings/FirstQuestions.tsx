import { useQuery } from '@tanstack/react-query';
import { useLanguage, useT } from '../../../../platform/browser/i18n.ts';
import { Checkbox } from '../../../../ui/components/Checkbox.tsx';
import { textIn } from '../../../../kernel/languages.ts';
import { KINDS } from '../../../tickets/core/contract.ts';
import type { WidgetView } from '../../core/contract.ts';
import { intakesQuery } from '../queries.ts';
import { useChatText } from '../text.ts';

type Asked = Pick<WidgetView, 'intakeKinds' | 'preChat'>;

/** For which kinds of ticket the guided questions come first; what was set before, by a program, can be let go. */
export function FirstQuestions({ before, value: { intakeKinds, preChat }, onChange }: { before: Asked; value: Asked; onChange: (value: Asked) => void }) {
  const t = useChatText();
  const say = useT();
  const language = useLanguage();
  const { data: intakes = [] } = useQuery(intakesQuery);
  const countOf = (kind: string): number => intakes.find((one) => one.kind === kind && one.active)?.questions.length ?? 0;
  const set = (kind: (typeof KINDS)[number], isAsked: boolean) => onChange({ preChat, intakeKinds: KINDS.filter((one) => (one === kind ? isAsked : intakeKinds.includes(one))) });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-13 font-medium">{t('chat.first')}</legend>
      <p className="text-13 text-ink-faint">{t('chat.first.what')}</p>
      {KINDS.map((kind) => <Checkbox key={kind} isSelected={intakeKinds.includes(kind)} onChange={(isAsked) => set(kind, isAsked)}>{say(`tickets.kind.${kind}`)} <span className="text-13 text-ink-faint">{t('chat.first.count', { count: countOf(kind) })}</span></Checkbox>)}
      {before.preChat.length > 0 && (
        <Checkbox isSelected={preChat.length > 0} onChange={(isKept) => onChange({ intakeKinds, preChat: isKept ? before.preChat : [] })}>
          {t('chat.first.old', { questions: before.preChat.map(({ key, label }) => textIn(label, [language, 'en'])?.text ?? key).join(', ') })}
        </Checkbox>
      )}
    </fieldset>
  );
}
