import type { Editor } from '@tiptap/react';
import { useEditorState } from '@tiptap/react';
import { Bold, Code, Italic, Link as LinkIcon, List, ListOrdered, type LucideIcon, TextQuote } from 'lucide-react';
import { memo, useState } from 'react';
import { ToggleButton, Toolbar } from 'react-aria-components';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { Tooltip } from '../../../../ui/components/Tooltip.tsx';
import { buttonStyle } from '../../../../ui/components/button-style.ts';
import { type TicketsText, useTicketsText } from '../text.ts';

const FORMATS = ['bold', 'italic', 'bulletList', 'orderedList', 'blockquote', 'code'] as const;
type FormatName = (typeof FORMATS)[number];

const ICONS: Record<FormatName, LucideIcon> = { bold: Bold, italic: Italic, bulletList: List, orderedList: ListOrdered, blockquote: TextQuote, code: Code };
const TOGGLES: Record<FormatName, (editor: Editor) => void> = {
  bold: (editor) => void editor.chain().focus().toggleBold().run(),
  italic: (editor) => void editor.chain().focus().toggleItalic().run(),
  bulletList: (editor) => void editor.chain().focus().toggleBulletList().run(),
  orderedList: (editor) => void editor.chain().focus().toggleOrderedList().run(),
  blockquote: (editor) => void editor.chain().focus().toggleBlockquote().run(),
  code: (editor) => void editor.chain().focus().toggleCode().run(),
};

/** The few forms that mail programs show alike. Drawn anew only when another holds where the caret stands. */
export const FormatBar = memo(function FormatBar({ editor }: { editor: Editor }) {
  const t = useTicketsText();
  const active = useEditorState({ editor, selector: ({ editor: now }) => [...FORMATS.map((name) => now.isActive(name)), now.isActive('link')] });
  return (
    <Toolbar aria-label={t('tickets.format')} className="flex flex-wrap items-center gap-0.5 px-2 pb-1">
      {FORMATS.map((name, index) => (
        <Mark key={name} label={t(`tickets.format.${name}` satisfies TicketsText)} icon={ICONS[name]} isOn={active[index] ?? false} onPress={() => TOGGLES[name](editor)} />
      ))}
      <LinkMark editor={editor} isOn={active.at(-1) ?? false} />
    </Toolbar>
  );
});

type MarkProps = { label: string; icon: LucideIcon; isOn: boolean; onPress?: () => void };

const Mark = ({ label, icon: Icon, isOn, onPress }: MarkProps) => (
  <Tooltip text={label}>
    <ToggleButton
      aria-label={label}
      isSelected={isOn}
      {...(onPress && { onPress })}
      className={classes(buttonStyle('quiet', 'small', true), isOn && 'bg-pressed text-ink')}
    >
      <Icon aria-hidden size={15} strokeWidth={1.75} />
    </ToggleButton>
  </Tooltip>
);

function LinkMark({ editor, isOn }: { editor: Editor; isOn: boolean }) {
  const t = useTicketsText();
  const [isOpen, setOpen] = useState(false);
  const [href, setHref] = useState('');
  const open = (next: boolean) => {
    if (next) setHref(String(editor.getAttributes('link')['href'] ?? ''));
    setOpen(next);
  };
  const apply = () => {
    const chain = editor.chain().focus().extendMarkRange('link');
    const address = href.trim();
    if (address === '') chain.unsetLink().run();
    else if (editor.state.selection.empty && !isOn) chain.insertContent({ type: 'text', text: address, marks: [{ type: 'link', attrs: { href: withScheme(address) } }] }).run();
    else chain.setLink({ href: withScheme(address) }).run();
    setOpen(false);
  };
  return (
    <Popover label={t('tickets.format.link')} isOpen={isOpen} onOpenChange={open} placement="top start" trigger={<Mark label={t('tickets.format.link')} icon={LinkIcon} isOn={isOn} />}>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          apply();
        }}
      >
        <TextField label={t('tickets.format.link_address')} type="text" value={href} onChange={setHref} autoFocus placeholder="https://" className="w-64" />
        <Button type="submit" tone="primary">{t('tickets.format.link_set')}</Button>
      </form>
    </Popover>
  );
}

const withScheme = (address: string): string => {
  if (/^(https?:|mailto:|tel:)/i.test(address)) return address;
  return address.includes('@') && !address.includes('/') ? `mailto:${address}` : `https://${address}`;
};
