import { Ellipsis } from 'lucide-react';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { useWebhookText } from '../text.ts';

type Entry = { readonly id: string; readonly label: string; readonly onAction: () => void };
type HookActionsProps = { name: string; /** Of its menu, before the last. */ entries: readonly Entry[]; onLog: () => void; onDelete: () => void };

/** What can be done with a webhook, of whichever direction: its log, and a menu that ends with the way out. */
export function HookActions({ name, entries, onLog, onDelete }: HookActionsProps) {
  const t = useWebhookText();
  const label = t('webhooks.actions', { name });
  return (
    <>
      <Button size="small" onPress={onLog} aria-label={t('webhooks.log_of', { name })}>{t('webhooks.log')}</Button>
      <Menu
        label={label} placement="bottom end" trigger={<IconButton icon={Ellipsis} label={label} />}
        groups={[{ entries }, { entries: [{ id: 'delete', label: t('webhooks.delete'), tone: 'danger', onAction: onDelete }] }]}
      />
    </>
  );
}
