import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { SuppressionPage } from '../../core/contract.ts';

export const SUPPRESSIONS = ['email', 'suppressions'];

export const suppressionsQuery = pagedQuery(SUPPRESSIONS, '/email/suppressions', SuppressionPage);
