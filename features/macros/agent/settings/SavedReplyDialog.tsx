import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Language } from '../../../../kernel/languages.ts';
import { api } from '../../../../platform/browser/api.ts';
import { fieldErrors, useErrorText } from '../../../../platform/browser/error-text.ts';
import { LANGUAGE_NAMES, languageToOpen } from '../../../../platform/browser/i18n.ts';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { ApiError } from '../../../../platform/browser/problems.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { LanguageTabs } from '../../../../ui/components/LanguageTabs.tsx';
import { SaveForm } from '../../../../ui/components/SaveForm.tsx';
import { Select } from '../../../../ui/components/Select.tsx';
import { TextField } from '../../../../ui/components/TextField.tsx';
import { toast } from '../../../../ui/components/Toast.tsx';
import { MacroAction } from '../../core/actions.ts';
import { LONGEST_FOLDER, SavedReplyView } from '../../core/contract.ts';
import { teamsQuery } from '../queries.ts';
import type { Insertion, WritingTools } from '../slots.ts';
import { useMacroText } from '../text.ts';
import { ActionLines, type Line, lineOf } from './ActionLines.tsx';
import { PlaceholderMenu } from './PlaceholderMenu.tsx';

type Variants = SavedReplyView['variants'];
type SavedReplyDialogProps = { reply: SavedReplyView | 'new' | null; writing: WritingTools; onClose: () => void };

export function SavedReplyDialog({ reply, writing, onClose }: SavedReplyDialogProps) {
  const t = useMacroText();
  return (
    <Dialog isOpen={reply !== null} onClose={onClose} title={reply === 'new' || !reply ? t('macros.new') : reply.name} size="wide" isDismissable={false}>
      {reply && <SavedReplyForm reply={reply === 'new' ? null : reply} writing={writing} onClose={onClose} />}
    </Dialog>
  );
}

const NEW: Pick<SavedReplyView, 'name' | 'folder' | 'teamId' | 'variants' | 'actions' | 'attachments'> = { name: '', folder: '', teamId: null, variants: {}, actions: [], attachments: [] };

function SavedReplyForm({ reply, writing, onClose }: Omit<SavedReplyDialogProps, 'reply'> & { reply: SavedReplyView | null }) {
  const t = useMacroText();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(reply ?? NEW);
  const [lines, setLines] = useState<readonly Line[]>(() => draft.actions.map(lineOf));
  const [showFaults, setShowFaults] = useState(false);
  const put = (change: Partial<typeof NEW>) => setDraft((now) => ({ ...now, ...change }));
  const uploads = writing.useUploads((file) => setDraft((now) => ({ ...now, attachments: [...now.attachments, file] })));
  const written = Object.fromEntries(Object.entries(draft.variants).filter(([, text]) => text?.trim()));
  const isWhole = lines.every(({ action }) => MacroAction.safeParse(action).success);
  const save = useMutation({
    mutationFn: () => {
      const { name, folder, teamId, attachments } = draft;
      const body = { name, folder, teamId, variants: written, actions: lines.map(({ action }) => action), attachmentIds: attachments.map(({ id }) => id) };
      return reply ? api.patch(`/saved-replies/${reply.id}`, body, SavedReplyView) : api.post('/saved-replies', body, SavedReplyView);
    },
    onSuccess: () => {
      toast({ text: t('macros.saved') });
      onClose();
      return cache.invalidateQueries({ queryKey: ['macros'] });
    },
  });
  const problem = useProblem(save.error);
  return (
    <SaveForm
      verb={t('macros.save')}
      onSubmit={() => {
        setShowFaults(true);
        if (isWhole) save.mutate();
      }}
      isPending={save.isPending}
      isDisabled={uploads.isBusy || Object.keys(written).length + lines.length === 0}
      onCancel={onClose}
      errors={fieldErrors(save.error)}
      problem={problem}
    >
      <TextField name="name" label={t('macros.name')} hint={t('macros.name_hint')} value={draft.name} onChange={(name) => put({ name })} maxLength={200} autoComplete="off" isRequired autoFocus />
      <div className="flex flex-wrap gap-3">
        <TextField name="folder" label={t('macros.folder')} optional value={draft.folder} onChange={(folder) => put({ folder })} maxLength={LONGEST_FOLDER} autoComplete="off" className="min-w-56 flex-1" />
        <TeamChoice teamId={draft.teamId} onChange={(teamId) => put({ teamId })} />
      </div>
      <VariantTabs variants={draft.variants} onChange={(variants) => put({ variants })} editor={writing.editor} onFiles={uploads.add} />
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-13 font-medium">{t('macros.files')}</legend>
        <div className="-mx-3">{writing.tray({ attachments: draft.attachments, uploads: uploads.uploads, onRemove: (id) => put({ attachments: draft.attachments.filter((one) => one.id !== id) }), onDrop: uploads.drop })}</div>
        <div>{writing.attach({ onFiles: uploads.add })}</div>
      </fieldset>
      <ActionLines lines={lines} showFaults={showFaults} onChange={setLines} />
    </SaveForm>
  );
}

/** A wrong placeholder is named, with the language in which it stands. */
function useProblem(error: unknown): string | null {
  const t = useMacroText();
  const errorText = useErrorText();
  if (!error) return null;
  if (!(error instanceof ApiError) || error.code !== 'saved_reply.unknown_placeholder') return errorText(error);
  const { unknown, language } = error.more as { unknown?: readonly string[]; language?: Language };
  const name = isolated(unknown?.[0] ?? '');
  return language ? t('macros.bad_placeholder', { name, language: isolated(LANGUAGE_NAMES[language]) }) : t('macros.bad_placeholder_in_note', { name });
}

const ALL = 'all';

/** Whose it is; where there is no team there is nothing to choose. */
function TeamChoice({ teamId, onChange }: { teamId: string | null; onChange: (teamId: string | null) => void }) {
  const t = useMacroText();
  const { data } = useQuery(teamsQuery);
  const teams = data?.items ?? [];
  if (teams.length === 0) return null;
  return (
    <Select label={t('macros.team')} className="min-w-56 flex-1" options={[{ id: ALL, label: t('macros.everybody') }, ...teams.map(({ id, name }) => ({ id, label: name }))]}
      value={teamId ?? ALL} onChange={(id) => onChange(id === ALL ? null : id)} />
  );
}

type VariantTabsProps = { variants: Variants; onChange: (variants: Variants) => void; editor: WritingTools['editor']; onFiles: (files: File[]) => void };

function VariantTabs({ variants, onChange, editor, onFiles }: VariantTabsProps) {
  const t = useMacroText();
  const [shown, setShown] = useState<Language>(() => languageToOpen(variants));
  const handle = useRef<Insertion>(null);
  return (
    <div className="flex flex-col gap-2">
      <LanguageTabs label={t('macros.texts')} names={LANGUAGE_NAMES} value={shown} onChange={setShown} isWritten={(language) => Boolean(variants[language]?.trim())}>
        {(language) => (
          <div className="flex flex-col gap-1">
            <div className="rounded-control border border-border bg-surface focus-within:border-accent">
              {editor({ label: t('macros.text'), html: variants[language] ?? '', onChange: (html) => onChange({ ...variants, [language]: html }), onFiles, handle })}
            </div>
            <p className="text-13 text-ink-faint">{t('macros.text_hint')}</p>
          </div>
        )}
      </LanguageTabs>
      <div><PlaceholderMenu onInsert={(slot) => handle.current?.insert(slot)} /></div>
    </div>
  );
}
