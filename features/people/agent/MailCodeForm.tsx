import { Button } from '../../../ui/components/Button.tsx';
import { Form } from '../../../ui/components/Form.tsx';
import { TextField } from '../../../ui/components/TextField.tsx';
import { typedIn, usePeopleText } from './text.ts';

/** For whoever cannot follow the link of a mail: the code that stands below it. */
export function MailCodeForm({ onCode, problem }: { onCode: (code: string) => void; problem?: string | null }) {
  const t = usePeopleText();
  return (
    <Form
      onSubmit={(values) => onCode(typedIn(values, 'code'))}
      problem={problem ?? null}
      footer={
        <Button type="submit" tone="primary" className="w-full">
          {t('people.mail_code.verb')}
        </Button>
      }
    >
      <TextField name="code" label={t('people.mail_code')} hint={t('people.mail_code.hint')} isLatin autoComplete="off" spellCheck="false" maxLength={100} isRequired autoFocus />
    </Form>
  );
}
