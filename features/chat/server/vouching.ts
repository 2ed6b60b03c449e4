import { decodeJwt } from 'jose';
import { Id } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Context } from './context.ts';
import type { createProving, Proven } from './proving.ts';
import { findWidget } from './widget-store.ts';

const refused = (): AppError => new AppError('unauthenticated', 'visitor.bad_token', 'The token is not good: it is forged, over, or for no widget of this desk.');

/** Who a company's server says that somebody is, for rooms above: by the same tokens as in the widget that they name. */
export const createVouching = ({ db }: Pick<Context, 'db'>, { secrets, prove }: ReturnType<typeof createProving>) => ({
  vouched: (workspaceId: string, token: string): Promise<Proven> => db.work(workspaceId, async (tx) => {
    const widgetId = audienceOf(token);
    const widget = widgetId === null ? undefined : await findWidget(tx, workspaceId, widgetId);
    if (!widget) throw refused();
    return prove(token, workspaceId, widget.id, await secrets(tx, workspaceId, widget.id));
  }),
});

/** Only where to look: nothing of it is believed before the token is proven. */
function audienceOf(token: string): string | null {
  try {
    return Id.safeParse(decodeJwt(token).aud).data ?? null;
  } catch {
    return null;
  }
}
