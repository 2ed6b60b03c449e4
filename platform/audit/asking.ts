import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf something is done, as the lines of the audit say it. */
export type Asking = {
  readonly actor: string | null;
  /** The API token that it is done with. */
  readonly token: string | null;
  readonly address: string;
  /** Method and path as the API describes it, without what stands for the ids. */
  readonly operation: string;
  readonly request: string;
};

const asking = new AsyncLocalStorage<Asking>();

/** What is written within carries these. */
export const askedBy = <T>(who: Asking, act: () => T): T => asking.run(who, act);
/** For what goes on by itself although somebody's request has set it off. */
export const askedByNobody = <T>(act: () => T): T => asking.exit(act);

/** For the opening of a transaction: the triggers of the audit read it. Empty when nobody asks. */
export function askingSetting(): string {
  const who = asking.getStore();
  return who ? `; set local rapport.asking = '${JSON.stringify(who).replaceAll("'", "''")}'` : '';
}

export const askingNow = (): Asking | undefined => asking.getStore();
