import { pagedQuery } from '../../../platform/browser/paged.ts';
import { AuditPage, type AuditFilter } from '../core/contract.ts';

const LOOK_AGAIN_MS = 15_000;

/** Told by no event: looked at again while somebody looks. */
export const auditQuery = (filter: AuditFilter) => ({ ...pagedQuery(['audit', filter], '/audit', AuditPage, { limit: 50, ...filter }), refetchInterval: LOOK_AGAIN_MS });
