import './article.css';
import { Placeholder } from '@tiptap/extensions';
import { EditorContent, useEditor } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { useEffectEvent } from 'react';
import { Picture, TABLE } from './nodes.ts';
import { Tools } from './Tools.tsx';

const EXTENSIONS = [
  StarterKit.configure({ heading: { levels: [2, 3, 4] }, link: { openOnClick: false, defaultProtocol: 'https', protocols: ['http', 'https', 'mailto', 'tel'] } }),
  Picture,
  ...TABLE,
];

type ArticleEditorProps = { label: string; placeholder: string; initialHtml: string; onChange: (html: string) => void; upload: (file: File) => Promise<string> };

/** An article as it is written: headings, lists, tables, code, pictures. Each paragraph finds its own direction. */
export function ArticleEditor({ label, placeholder, initialHtml, onChange, upload }: ArticleEditorProps) {
  const changed = useEffectEvent(onChange);
  const editor = useEditor({
    extensions: [...EXTENSIONS, Placeholder.configure({ placeholder })],
    content: initialHtml,
    injectCSS: false,
    textDirection: 'auto',
    shouldRerenderOnTransaction: false,
    editorProps: { attributes: { class: 'article-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': label } },
    onUpdate: ({ editor: now }) => changed(now.isEmpty ? '' : now.getHTML()),
  });
  if (!editor) return null;
  return (
    <div className="rounded-control border border-border bg-surface focus-within:border-focus">
      <Tools editor={editor} upload={upload} />
      <EditorContent editor={editor} className="px-3 py-2.5" />
    </div>
  );
}

/** The same words, to be read while somebody translates them. */
export function ArticleText({ label, html }: { label: string; html: string }) {
  const editor = useEditor({
    extensions: EXTENSIONS, content: html, injectCSS: false, textDirection: 'auto', editable: false, shouldRerenderOnTransaction: false,
    editorProps: { attributes: { class: 'article-text', role: 'document', 'aria-label': label } },
  }, [html]);
  return editor && <EditorContent editor={editor} className="rounded-control bg-sunken px-3 py-2.5" />;
}
