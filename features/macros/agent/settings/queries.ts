import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { SavedReplyPage } from '../../core/contract.ts';

export const savedRepliesQuery = (search = '') => pagedQuery(['macros', 'saved-replies', search], '/saved-replies', SavedReplyPage, { q: search });
