import { Archive, ChevronDown, Ellipsis, Reply, Trash2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../../ui/components/Button.tsx';
import { ConfirmDialog } from '../../../../ui/components/ConfirmDialog.tsx';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Kbd } from '../../../../ui/components/Kbd.tsx';
import { Link } from '../../../../ui/components/Link.tsx';
import { Menu } from '../../../../ui/components/Menu.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { Shelf } from './Shelf.tsx';

export function KitActions() {
  const [open, setOpen] = useState<'dialog' | 'confirm' | null>(null);
  return (
    <>
      <Shelf title="Buttons">
        <Button tone="primary" keys="R" icon={Reply}>
          Reply
        </Button>
        <Button>Save draft</Button>
        <Button tone="quiet">Cancel</Button>
        <Button tone="danger" icon={Trash2}>
          Delete
        </Button>
        <Button isDisabled>Disabled</Button>
        <Button tone="primary" isPending>
          Sending
        </Button>
        <Button size="small" icon={Archive}>
          Small
        </Button>
        <IconButton label="Invite" icon={UserPlus} keys="I" />
        <IconButton label="More" icon={Ellipsis} size="normal" />
        <Link href="/_kit">A link</Link>
        <Kbd>Ctrl K</Kbd>
      </Shelf>
      <Shelf title="What floats">
        <Menu
          label="Ticket"
          trigger={<Button trailing={<ChevronDown aria-hidden size={14} />}>Menu</Button>}
          groups={[
            {
              title: 'Ticket',
              entries: [
                { id: 'reply', label: 'Reply', icon: Reply, keys: 'R' },
                { id: 'archive', label: 'Resolve', icon: Archive, keys: 'E', hint: 'Tells nobody' },
              ],
            },
            { entries: [{ id: 'delete', label: 'Delete', icon: Trash2, tone: 'danger' }] },
          ]}
        />
        <Popover label="A popover" trigger={<Button>Popover</Button>}>
          <p className="text-13">Something small and useful.</p>
        </Popover>
        <Button onPress={() => setOpen('dialog')}>Dialog</Button>
        <Button onPress={() => setOpen('confirm')}>Confirmation</Button>
        <Button onPress={() => toast({ text: 'Sends in 10 s', action: { label: 'Undo', onAction: () => undefined }, forMs: 10_000 })}>Toast</Button>
        <Button onPress={() => toast({ text: 'Not saved', tone: 'failed' })}>Failed toast</Button>
      </Shelf>
      <Dialog
        isOpen={open === 'dialog'}
        onClose={() => setOpen(null)}
        title="Merge into another ticket"
        footer={
          <>
            <Button tone="primary">Merge</Button>
            <Button onPress={() => setOpen(null)}>Cancel</Button>
          </>
        }
      >
        <p className="text-ink-soft">Both histories are kept in one.</p>
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onClose={() => setOpen(null)}
        title="Delete ticket #1042?"
        verb="Delete"
        onConfirm={() => Promise.reject(new Error('no'))}
        errorText={() => 'It could not be deleted. Try again.'}
      >
        It can be restored for 30 days.
      </ConfirmDialog>
    </>
  );
}
