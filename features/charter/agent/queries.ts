import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { currentLanguage } from '../../../platform/browser/i18n.ts';
import { TeamPage } from '../../people/core/contract.ts';
import { PolicyPage } from '../../sla/core/contract.ts';
import { type CharterInput, CharterView } from '../core/contract.ts';

export const charterQuery = queryOptions({ queryKey: ['charter'], queryFn: ({ signal }) => api.get(`/charter?language=${currentLanguage()}`, CharterView, { signal }) });
/** All of them: there can be no more than a page holds. */
export const policiesQuery = queryOptions({ queryKey: ['sla', 'policies', 'all'], queryFn: ({ signal }) => api.get('/sla-policies?limit=100', PolicyPage, { signal }) });
export const teamsQuery = queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }), select: ({ items }) => items });
export const saveCharter = ({ published, figures, intro, limits, lines }: CharterInput): Promise<CharterView> => api.put(`/charter?language=${currentLanguage()}`, { published, figures, intro, limits, lines }, CharterView);
