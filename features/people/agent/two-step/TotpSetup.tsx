import { Button } from '../../../../ui/components/Button.tsx';
import { CopyField } from '../../../../ui/components/CopyField.tsx';
import { Form } from '../../../../ui/components/Form.tsx';
import { qrCode, qrPath } from '../../core/qr.ts';
import { typedIn, usePeopleText } from '../text.ts';
import { CodeField } from './CodeField.tsx';

type TotpSetupProps = {
  draft: { secret: string; address: string };
  problem: string | null;
  isPending: boolean;
  onCode: (code: string) => void;
  onCancel: () => void;
};

/** A picture for the phone, the same as a key for whoever cannot take one, and the first code as the proof that it worked. */
export function TotpSetup({ draft, problem, isPending, onCode, onCancel }: TotpSetupProps) {
  const t = usePeopleText();
  return (
    <Form
      onSubmit={(values) => onCode(typedIn(values, 'code'))}
      problem={problem}
      footer={
        <>
          <Button type="submit" tone="primary" isPending={isPending}>
            {t('people.totp.confirm')}
          </Button>
          <Button onPress={onCancel}>{t('people.cancel')}</Button>
        </>
      }
    >
      <p className="text-14 text-ink-soft">{t('people.totp.scan')}</p>
      <QrPicture text={draft.address} label={t('people.totp.picture')} />
      <CopyField label={t('people.totp.key')} value={draft.secret.replace(/.{4}(?=.)/g, '$& ')} />
      <CodeField way="totp" />
    </Form>
  );
}

/** Dark on white in every theme: cameras want it so. */
function QrPicture({ text, label }: { text: string; label: string }) {
  const rows = qrCode(new TextEncoder().encode(text));
  if (!rows) return null;
  const { path, size } = qrPath(rows);
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" className="size-48 self-center rounded-control">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
