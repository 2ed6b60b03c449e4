import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { CalendarPage } from '../../core/contract.ts';

export const calendarsQuery = pagedQuery(['calendars', 'list'], '/calendars', CalendarPage);
