import type { Editor } from '@tiptap/react';
import { useEditorState } from '@tiptap/react';
import { Bold, Code, Heading2, Heading3, Image, Italic, Link as LinkIcon, List, ListOrdered, type LucideIcon, SquareCode, Table, TextQuote } from 'lucide-react';
import { useRef, useState } from 'react';
import { ToggleButton, Toolbar } from 'react-aria-components';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { IconButton } from '../../../../ui/components/IconButton.tsx';
import { Popover } from '../../../../ui/components/Popover.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { Tooltip } from '../../../../ui/components/Tooltip.tsx';
import { buttonStyle } from '../../../../ui/components/button-style.ts';
import { useKnowledgeText } from '../text.ts';
import { newTable } from './nodes.ts';

const FORMATS = ['heading2', 'heading3', 'bold', 'italic', 'bulletList', 'orderedList', 'blockquote', 'code', 'codeBlock'] as const;
type Format = (typeof FORMATS)[number];

const LOOKS: Record<Format, { icon: LucideIcon; isOn: (editor: Editor) => boolean; toggle: (editor: Editor) => void }> = {
  heading2: { icon: Heading2, isOn: (editor) => editor.isActive('heading', { level: 2 }), toggle: (editor) => void editor.chain().focus().toggleHeading({ level: 2 }).run() },
  heading3: { icon: Heading3, isOn: (editor) => editor.isActive('heading', { level: 3 }), toggle: (editor) => void editor.chain().focus().toggleHeading({ level: 3 }).run() },
  bold: { icon: Bold, isOn: (editor) => editor.isActive('bold'), toggle: (editor) => void editor.chain().focus().toggleBold().run() },
  italic: { icon: Italic, isOn: (editor) => editor.isActive('italic'), toggle: (editor) => void editor.chain().focus().toggleItalic().run() },
  bulletList: { icon: List, isOn: (editor) => editor.isActive('bulletList'), toggle: (editor) => void editor.chain().focus().toggleBulletList().run() },
  orderedList: { icon: ListOrdered, isOn: (editor) => editor.isActive('orderedList'), toggle: (editor) => void editor.chain().focus().toggleOrderedList().run() },
  blockquote: { icon: TextQuote, isOn: (editor) => editor.isActive('blockquote'), toggle: (editor) => void editor.chain().focus().toggleBlockquote().run() },
  code: { icon: Code, isOn: (editor) => editor.isActive('code'), toggle: (editor) => void editor.chain().focus().toggleCode().run() },
  codeBlock: { icon: SquareCode, isOn: (editor) => editor.isActive('codeBlock'), toggle: (editor) => void editor.chain().focus().toggleCodeBlock().run() },
};

export function Tools({ editor, upload }: { editor: Editor; upload: (file: File) => Promise<string> }) {
  const t = useKnowledgeText();
  const active = useEditorState({ editor, selector: ({ editor: now }) => FORMATS.map((name) => LOOKS[name].isOn(now)) });
  return (
    <Toolbar aria-label={t('knowledge.tools')} className="flex flex-wrap items-center gap-0.5 border-b border-hairline px-2 py-1">
      {FORMATS.map((name, at) => {
        const { icon: Icon, toggle } = LOOKS[name];
        const label = t(`knowledge.tool.${name}`);
        return (
          <Tooltip key={name} text={label}>
            <ToggleButton aria-label={label} isSelected={active[at] ?? false} onPress={() => toggle(editor)} className={classes(buttonStyle('quiet', 'small', true), active[at] && 'bg-pressed text-ink')}>
              <Icon aria-hidden size={15} strokeWidth={1.75} />
            </ToggleButton>
          </Tooltip>
        );
      })}
      <LinkTool editor={editor} />
      <PictureTool editor={editor} upload={upload} />
      <IconButton label={t('knowledge.tool.table')} icon={Table} onPress={() => void editor.chain().focus().insertContent(newTable(2, 3)).run()} />
    </Toolbar>
  );
}

function LinkTool({ editor }: { editor: Editor }) {
  const t = useKnowledgeText();
  const [href, setHref] = useState('');
  const open = (isOpen: boolean) => { if (isOpen) setHref(String(editor.getAttributes('link')['href'] ?? '')); };
  const apply = () => {
    const chain = editor.chain().focus().extendMarkRange('link');
    const to = href.trim();
    if (to === '') chain.unsetLink().run();
    else if (editor.state.selection.empty) chain.insertContent({ type: 'text', text: to, marks: [{ type: 'link', attrs: { href: withScheme(to) } }] }).run();
    else chain.setLink({ href: withScheme(to) }).run();
  };
  return (
    <Popover label={t('knowledge.tool.link')} trigger={<IconButton label={t('knowledge.tool.link')} icon={LinkIcon} onPress={() => open(true)} />}>
      {(close) => (
        <form className="flex items-end gap-2" onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); apply(); close(); }}>
          <TextField label={t('knowledge.tool.link_address')} hint={t('knowledge.tool.video_hint')} value={href} onChange={setHref} isLatin autoFocus placeholder="https://" className="w-72" />
          <Button type="submit" tone="primary">{t('knowledge.tool.set')}</Button>
        </form>
      )}
    </Popover>
  );
}

/** A picture goes to our server first, and says in words what it shows. */
function PictureTool({ editor, upload }: { editor: Editor; upload: (file: File) => Promise<string> }) {
  const t = useKnowledgeText();
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [src, setSrc] = useState<string | null>(null);
  const [alt, setAlt] = useState('');
  const add = async (file: File | undefined) => {
    if (!file) return;
    try {
      setSrc(await upload(file));
      setAlt('');
    } catch (error) {
      toast({ tone: 'failed', text: errorText(error) });
    }
  };
  return (
    <>
      <Popover label={t('knowledge.tool.picture')} isOpen={src !== null} onOpenChange={(isOpen) => { if (!isOpen) setSrc(null); }} trigger={<IconButton label={t('knowledge.tool.picture')} icon={Image} onPress={() => input.current?.click()} />}>
        <form className="flex items-end gap-2" onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          editor.chain().focus().insertContent({ type: 'picture', attrs: { src, alt } }).run();
          setSrc(null);
        }}>
          <TextField label={t('knowledge.tool.picture_alt')} hint={t('knowledge.tool.picture_alt_hint')} value={alt} onChange={setAlt} autoFocus className="w-72" />
          <Button type="submit" tone="primary">{t('knowledge.tool.set')}</Button>
        </form>
      </Popover>
      <input ref={input} type="file" accept="image/png,image/jpeg,image/gif,image/webp" hidden aria-hidden tabIndex={-1} onChange={(event) => { void add(event.target.files?.[0]); event.target.value = ''; }} />
    </>
  );
}

const withScheme = (address: string): string => (/^(?:https?:|mailto:|tel:|\/|#)/i.test(address) ? address : address.includes('@') ? `mailto:${address}` : `https://${address}`);
