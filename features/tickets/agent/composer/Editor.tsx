import './editor.css';
import { Placeholder } from '@tiptap/extensions';
import { type Editor as Tiptap, EditorContent, useEditor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { type Ref, useEffectEvent, useImperativeHandle, useRef, useState } from 'react';
import { FormatBar } from './FormatBar.tsx';
import { MentionNode, wantedName } from './mention.ts';
import { type MentionKeys, MentionList, type Wanted } from './MentionList.tsx';

export type EditorHandle = { readonly focus: () => void; readonly insert: (html: string) => void };

export type EditorProps = {
  label: string;
  placeholder: string;
  initialHtml: string;
  /** Typed before the editor was there. */
  takeEarlyWords?: (() => string) | undefined;
  /** The editor stands and, when wished, holds the focus. */
  onReady?: (() => void) | undefined;
  autoFocus: boolean;
  onChange: (html: string) => void;
  /** Ctrl or Command with Enter. */
  onSubmit: () => void;
  onEscape?: (() => void) | undefined;
  onFiles: (files: File[]) => void;
  /** A slash at the beginning of an empty line: the wish for a saved reply. Absent: it is only a slash. */
  onSlash?: (() => void) | undefined;
  /** An @ names colleagues and teams. */
  hasMentions?: boolean;
  ref?: Ref<EditorHandle>;
};

/** A letter as it is written: each paragraph finds its own direction, files are dropped or pasted anywhere. */
export function Editor(props: EditorProps) {
  const { label, placeholder, initialHtml, hasMentions = false, ref } = props;
  const mentions = useRef<MentionKeys>(null);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const { begun, changed, keyed, filed } = useHands(props);

  const editor = useEditor({
    extensions: [
      StarterKit.configure({
        heading: false,
        horizontalRule: false,
        link: { openOnClick: false, defaultProtocol: 'https', protocols: ['http', 'https', 'mailto', 'tel'] },
      }),
      Placeholder.configure({ placeholder }),
      MentionNode,
    ],
    content: initialHtml,
    injectCSS: false,
    textDirection: 'auto',
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: { class: 'letter', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
      handleKeyDown: (view, event) => {
        if (mentions.current?.(event)) return true;
        const { $from, empty } = view.state.selection;
        return keyed(event, empty && $from.parent.content.size === 0);
      },
      handlePaste: (_view, event) => filed(event.clipboardData?.files),
      handleDrop: (_view, event) => filed(event.dataTransfer?.files),
    },
    onCreate: ({ editor: now }) => begun(now),
    onUpdate: ({ editor: now }) => {
      changed(now);
      if (hasMentions) setWanted(wantedAt(now));
    },
    onBlur: () => setWanted(null),
  });

  useImperativeHandle(ref, () => ({
    focus: () => void editor?.commands.focus(),
    insert: (html) => void editor?.chain().focus().insertContent(html).run(),
  }), [editor]);

  if (!editor) return null;
  return (
    <div className="flex min-h-0 flex-col">
      <EditorContent editor={editor} className="max-h-[38vh] min-h-0 overflow-auto px-3 py-2.5" />
      <FormatBar editor={editor} />
      {wanted && <MentionList editor={editor} wanted={wanted} onClose={() => setWanted(null)} ref={mentions} />}
    </div>
  );
}

const LONGEST_NAME = 90;

/** The name that is being typed where the caret stands. */
function wantedAt({ state: { selection }, view }: Tiptap): Wanted | null {
  const { $from, empty, from } = selection;
  const name = empty ? wantedName($from.parent.textBetween(Math.max(0, $from.parentOffset - LONGEST_NAME), $from.parentOffset, undefined, '\ufffc')) : null;
  if (!name) return null;
  const { left, top } = view.coordsAtPos(from - name.length);
  return { text: name.text, from: from - name.length, to: from, left, top };
}

/** What the editor does for the writer besides showing letters; always with the latest properties. */
function useHands({ onChange, onSubmit, onEscape, onFiles, onSlash, takeEarlyWords, onReady, autoFocus }: EditorProps) {
  const changed = useEffectEvent((editor: Tiptap) => onChange(editor.isEmpty ? '' : editor.getHTML()));
  const settled = useEffectEvent((editor: Tiptap) => {
    const early = takeEarlyWords?.() ?? '';
    if (early !== '') addAtEnd(editor, early);
    if (autoFocus) editor.commands.setTextSelection(editor.state.doc.content.size);
    onReady?.();
  });
  const begun = useEffectEvent((editor: Tiptap) => {
    if (autoFocus) focusThen(editor, settled);
    else settled(editor);
  });
  const acts: Readonly<Record<string, (event: KeyboardEvent, isAtEmptyLine: boolean) => (() => void) | undefined>> = {
    Enter: (event) => (event.ctrlKey || event.metaKey ? onSubmit : undefined),
    Escape: () => onEscape,
    '/': (_event, isAtEmptyLine) => (isAtEmptyLine ? onSlash : undefined),
  };
  const keyed = useEffectEvent((event: KeyboardEvent, isAtEmptyLine: boolean): boolean => {
    const act = acts[event.key]?.(event, isAtEmptyLine);
    act?.();
    return act !== undefined;
  });
  const filed = useEffectEvent((list: FileList | undefined): boolean => {
    if (!list || list.length === 0) return false;
    onFiles([...list]);
    return true;
  });
  return { begun, changed, keyed, filed };
}

const PATIENCE_FRAMES = 60;

/** The editor comes into the page a moment after it was made; until it holds the focus, the field that stands in does. */
function focusThen(editor: Tiptap, act: (editor: Tiptap) => void, frames = PATIENCE_FRAMES): void {
  if (editor.isDestroyed) return;
  editor.view.focus();
  if (editor.view.hasFocus() || frames === 0) act(editor);
  else requestAnimationFrame(() => focusThen(editor, act, frames - 1));
}

function addAtEnd(editor: Tiptap, words: string): void {
  const paragraphs = words.split('\n').map(paragraph);
  if (editor.isEmpty) editor.commands.setContent({ type: 'doc', content: paragraphs }, { emitUpdate: true });
  else editor.commands.insertContentAt(editor.state.doc.content.size, paragraphs);
}

const paragraph = (text: string) => ({ type: 'paragraph', ...(text !== '' && { content: [{ type: 'text', text }] }) });
