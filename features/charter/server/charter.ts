import type { Actor, Now } from '../../../kernel/actor.ts';
import { keepIn } from '../../../kernel/bounded.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import { afterCommit, type Database, type Tx } from '../../../platform/db/db.ts';
import type { Emit, LoggedEvent } from '../../../platform/events/events.ts';
import type { Signer } from '../../../platform/http/signing.ts';
import type { Calendars, PublicHours } from '../../calendars/server/calendars.ts';
import { demand } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { Target } from '../../sla/core/contract.ts';
import type { Metric } from '../../sla/core/metrics.ts';
import type { Sla } from '../../sla/server/sla.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { targetOf, type Figure } from '../core/charter.ts';
import { EMPTY, type CharterInput, type CharterLine, type CharterView } from '../core/contract.ts';
import { findCharter, saveCharter, type StoredCharter } from './store.ts';

export type Charter = ReturnType<typeof createCharter>;
export type Promised = Pick<CharterLine, 'names' | 'channel'> & { readonly hours: PublicHours | null; readonly targets: readonly (Target & { readonly figure: Figure | null })[] };
/** What the page says. `month`: of the figures, 2026-02. */
export type Shown = Pick<CharterInput, 'intro' | 'limits' | 'figures'> & { readonly month: string | null; readonly lines: readonly Promised[] };

/** A public page must not count last month anew for everybody who opens it. */
const KEEP_MS = 600_000;
const MOST_KEPT = 1_000;
const PREVIEW_MS = 3_600_000;

type Deps = {
  db: Database; now: Now; machineNow: Now; emit: Emit; signer: Pick<Signer, 'sign' | 'open'>; workspaces: Pick<Workspaces, 'get'>; calendars: Pick<Calendars, 'publicHours'>; people: Pick<People, 'requireTeams'>; sla: Pick<Sla, 'promised' | 'lastMonth'>;
};
type Figures = Awaited<ReturnType<Sla['lastMonth']>>;

/** The front door of the charter room: what the company promises in public. Tells `charter.changed`; hears nothing. */
export function createCharter({ db, now, machineNow, emit, signer, workspaces, calendars, people, sla }: Deps) {
  const figuresKept = new Map<string, { readonly at: number; readonly figures: Promise<Figures> }>();
  const publishedKept = new Map<string, Promise<boolean>>();
  const forget = (workspaceId: string): void => { publishedKept.delete(workspaceId); };

  async function figuresOf(workspaceId: string): Promise<Figures> {
    const at = now().getTime();
    const known = figuresKept.get(workspaceId);
    if (known && Math.abs(at - known.at) < KEEP_MS) return known.figures;
    const figures = workspaces.get(workspaceId).then(({ timeZone }) => db.work(workspaceId, (tx) => sla.lastMonth(tx, timeZone)));
    keepIn(figuresKept, workspaceId, { at, figures }, MOST_KEPT);
    figures.catch(() => { figuresKept.delete(workspaceId); });
    return figures;
  }

  async function check(tx: Tx, workspaceId: string, { lines }: CharterInput): Promise<void> {
    await people.requireTeams(tx, lines.flatMap(({ teamId }) => teamId ?? []));
    const policies = await sla.promised(tx, workspaceId);
    for (const { policyId, metrics, priority } of lines) {
      const policy = policies.find(({ id }) => id === policyId);
      if (!policy) throw new AppError('invalid', 'charter.unknown_policy', 'One of these promises is gone or switched off; take its line off the page.', { policyId });
      const missing = metrics.find((metric) => !targetOf(policy.targets, metric, priority));
      if (missing) throw new AppError('invalid', 'charter.no_target', `The policy promises nothing of the kind ${missing} for that priority; take it off the line.`, { policyId, metric: missing });
    }
  }

  const view = (workspaceId: string, { published, figures, intro, limits, lines }: CharterInput, updatedAt: Date | null, language: Language): CharterView => {
    const token = signer.sign(['charter', workspaceId], new Date(machineNow().getTime() + PREVIEW_MS));
    return { published, figures, intro, limits, lines, updatedAt: updatedAt?.toISOString() ?? null, path: charterPath(language), previewPath: `${charterPath(language)}?preview=${token}` };
  };

  async function lineOf(tx: Tx, workspaceId: string, { names, policyId, metrics, priority, channel, teamId }: CharterLine, { language, policies, figures, brandId }: { language: Language; brandId: string | null; policies: Awaited<ReturnType<Sla['promised']>>; figures: Figures | null }): Promise<Promised | null> {
    const policy = policies.find(({ id }) => id === policyId);
    const targets = metrics.flatMap((metric) => { const target = policy && targetOf(policy.targets, metric, priority); return target ? [target] : []; });
    if (!policy || targets.length === 0) return null;
    const figureOf = (metric: Metric): Figure => figures?.rows.find((one) => one.policyId === policyId && one.metric === metric) ?? { decided: 0, kept: 0 };
    return {
      names, channel, targets: targets.map((target) => ({ ...target, figure: figures && figureOf(target.metric) })),
      hours: targets.some(({ time }) => time === 'working') ? await calendars.publicHours(tx, workspaceId, policy.calendarId, { channel, teamId, brandId }, language) : null,
    };
  }

  return {
    get: (actor: Actor, language: Language): Promise<CharterView> => {
      demand(actor, 'sla.manage');
      return db.work(actor.workspaceId, async (tx) => {
        const charter = await findCharter(tx, actor.workspaceId);
        return view(actor.workspaceId, charter ?? EMPTY, charter?.updatedAt ?? null, language);
      });
    },

    put: (actor: Actor, given: CharterInput, language: Language): Promise<CharterView> => {
      demand(actor, 'sla.manage');
      return db.work(actor.workspaceId, async (tx) => {
        await check(tx, actor.workspaceId, given);
        const charter: StoredCharter = { ...given, updatedAt: now() };
        await saveCharter(tx, actor.workspaceId, charter);
        await emit(tx, actor.workspaceId, { type: 'charter.changed', subjectId: actor.workspaceId, actor: { kind: 'person', id: actor.id }, at: charter.updatedAt });
        afterCommit(() => { forget(actor.workspaceId); });
        return view(actor.workspaceId, charter, charter.updatedAt, language);
      });
    },

    /** For the menus of all public pages; kept until it changes. */
    isPublished(workspaceId: string): Promise<boolean> {
      const known = publishedKept.get(workspaceId);
      if (known) return known;
      const asked = db.work(workspaceId, async (tx) => (await findCharter(tx, workspaceId))?.published ?? false);
      keepIn(publishedKept, workspaceId, asked, MOST_KEPT);
      asked.catch(() => { forget(workspaceId); });
      return asked;
    },
    /** What other processes have changed. */
    heard(events: readonly Pick<LoggedEvent, 'type' | 'workspaceId'>[]): void {
      for (const { type, workspaceId } of events) if (type === 'charter.changed') forget(workspaceId);
    },

    /** What the page says at the host of a brand, or of the company; null while it is not published, unless somebody has a link that shows it before. */
    async show(workspaceId: string, language: Language, preview: string | null, brandId: string | null = null): Promise<Shown | null> {
      const charter = await db.work(workspaceId, (tx) => findCharter(tx, workspaceId)) ?? EMPTY;
      const [kind, of] = preview === null ? [] : signer.open(preview, machineNow()) ?? [];
      if (!charter.published && !(kind === 'charter' && of === workspaceId)) return null;
      const figures = charter.figures ? await figuresOf(workspaceId) : null;
      return db.work(workspaceId, async (tx) => {
        const policies = await sla.promised(tx, workspaceId);
        const lines: Promised[] = [];
        for (const one of charter.lines) {
          const line = await lineOf(tx, workspaceId, one, { language, policies, figures, brandId });
          if (line) lines.push(line);
        }
        return { intro: charter.intro, limits: charter.limits, figures: charter.figures, month: figures?.month ?? null, lines };
      });
    },
  };
}

export const charterPath = (language: Language): string => `/help/${language}/promises`;
