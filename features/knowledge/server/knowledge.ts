import { createArranging } from './arranging.ts';
import { createContext, type KnowledgeDeps } from './context.ts';
import { createCounting } from './counting.ts';
import { createFigures } from './figures.ts';
import { createFinding } from './finding.ts';
import { createGaps } from './gaps.ts';
import { createReading } from './reading.ts';
import { createShowing } from './showing.ts';
import { createUsing } from './using.ts';
import { createWriting } from './writing.ts';

export type Knowledge = ReturnType<typeof createKnowledge>;

/** The front door of the knowledge room: articles, what customers read of them, what they look for and do not find. */
export function createKnowledge(deps: KnowledgeDeps) {
  const context = createContext({ ...deps, finding: createFinding(deps) });
  const { createIn, ...writing } = createWriting(context);
  return { ...createReading(context), ...writing, ...createArranging(context), ...createGaps(context), ...createFigures(context, createCounting(deps)), ...createUsing(context, { createIn }), help: createShowing(context) };
}
