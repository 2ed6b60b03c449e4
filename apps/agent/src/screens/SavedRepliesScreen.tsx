import { lazy, Suspense } from 'react';
import { SavedRepliesScreen as SavedReplies } from '../../../../features/macros/agent/settings/SavedRepliesScreen.tsx';
import type { WritingTools } from '../../../../features/macros/agent/slots.ts';
import { CHAT_TOOLS } from './chat-seat.tsx';
import { useMe } from './use-desk-parts.tsx';

const Editor = lazy(() => import('../../../../features/tickets/agent/composer/Editor.tsx').then((file) => ({ default: file.Editor })));

const WRITING: WritingTools = {
  ...CHAT_TOOLS,
  editor: ({ label, html, onChange, onFiles, handle }) => (
    <Suspense fallback={<div className="h-32" />}>
      <Editor ref={handle} label={label} placeholder="" initialHtml={html} autoFocus={false} onChange={onChange} onFiles={onFiles} onSubmit={() => undefined} />
    </Suspense>
  ),
};

export function SavedRepliesScreen() {
  return <SavedReplies mayManage={useMe().permissions.includes('macros.manage')} writing={WRITING} />;
}
