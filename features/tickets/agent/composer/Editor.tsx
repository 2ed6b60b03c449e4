import './editor.css';
import { Placeholder } from '@tiptap/extensions';
import { type Editor as Tiptap, EditorContent, useEditor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { type Ref, useEffectEvent, useImperativeHandle } from 'react';
import { FormatBar } from './FormatBar.tsx';

export type EditorHandle = { readonly focus: () => void; readonly insert: (html: string) => void };

export type EditorProps = {
  label: string;
  placeholder: string;
  initialHtml: string;
  autoFocus: boolean;
  isCompact?: boolean;
  onChange: (html: string) => void;
  /** Ctrl or Command with Enter. */
  onSubmit: () => void;
  onFiles: (files: File[]) => void;
  /** A slash at the beginning of an empty line: the wish for a saved reply. Absent: it is only a slash. */
  onSlash?: (() => void) | undefined;
  ref?: Ref<EditorHandle>;
};

/** A letter as it is written: each paragraph finds its own direction, files are dropped or pasted anywhere. */
export function Editor({ label, placeholder, initialHtml, autoFocus, onChange, onSubmit, onFiles, onSlash, ref }: EditorProps) {
  const changed = useEffectEvent((editor: Tiptap) => onChange(editor.isEmpty ? '' : editor.getHTML()));
  const keyed = useEffectEvent((event: KeyboardEvent, isAtEmptyLine: boolean): boolean => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      onSubmit();
      return true;
    }
    if (event.key !== '/' || !onSlash || !isAtEmptyLine || event.ctrlKey || event.metaKey || event.altKey) return false;
    onSlash();
    return true;
  });
  const filed = useEffectEvent((list: FileList | undefined): boolean => {
    if (!list || list.length === 0) return false;
    onFiles([...list]);
    return true;
  });

  const editor = useEditor({
    extensions: [
      StarterKit.configure({
        heading: false,
        horizontalRule: false,
        link: { openOnClick: false, defaultProtocol: 'https', protocols: ['http', 'https', 'mailto', 'tel'] },
      }),
      Placeholder.configure({ placeholder }),
    ],
    content: initialHtml,
    autofocus: autoFocus ? 'end' : false,
    injectCSS: false,
    textDirection: 'auto',
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: { class: 'letter', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
      handleKeyDown: (view, event) => {
        const { $from, empty } = view.state.selection;
        return keyed(event, empty && $from.parent.content.size === 0);
      },
      handlePaste: (_view, event) => filed(event.clipboardData?.files),
      handleDrop: (_view, event) => filed(event.dataTransfer?.files),
    },
    onUpdate: ({ editor: now }) => changed(now),
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
    </div>
  );
}
