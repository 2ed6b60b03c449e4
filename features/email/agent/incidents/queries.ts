import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { IncidentPage } from '../../core/incidents.ts';

export const INCIDENTS = ['email', 'incidents'];

export const incidentsQuery = pagedQuery(INCIDENTS, '/email/incidents', IncidentPage);
