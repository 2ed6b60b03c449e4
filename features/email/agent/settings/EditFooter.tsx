import { Button } from '../../../../ui/components/Button.tsx';
import { useEmailText } from '../text.ts';

type Act = { mutate: () => void; isPending: boolean };
type EditFooterProps = { save: { isPending: boolean }; test?: Act; forget?: Act & { label: string }; onClose: () => void };

/** What can be done with settings that somebody looks at: keep them, try them, leave, and take away what is there. */
export function EditFooter({ save, test, forget, onClose }: EditFooterProps) {
  const t = useEmailText();
  return (
    <>
      <Button type="submit" tone="primary" isPending={save.isPending}>{t('email.save')}</Button>
      {test && <Button onPress={() => test.mutate()} isPending={test.isPending}>{t('email.source.test')}</Button>}
      <Button onPress={onClose}>{t('email.cancel')}</Button>
      {forget && <Button tone="danger" onPress={() => forget.mutate()} isPending={forget.isPending}>{forget.label}</Button>}
    </>
  );
}
