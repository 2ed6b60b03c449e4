import { AppError } from '../../../../kernel/errors.ts';
import type { FieldError } from '../../../../platform/pages/forms.ts';
import { MAX_FILE_BYTES, MAX_FILES, MAX_FILES_BYTES } from '../../core/contract.ts';
import type { Turn } from './turn.ts';

const MB = 1_048_576;

/** A refusal that the reader can mend on the form at hand, in their words; null for every other. `at`: the field that stands for what belongs to none. */
export function mendable(error: unknown, { t }: Turn, at: string): FieldError | null {
  if (!(error instanceof AppError)) return null;
  switch (error.code) {
    case 'request.files_too_large': return { name: 'files', text: t('requests.error.files_too_large', { count: MAX_FILES, each: MAX_FILE_BYTES / MB, all: MAX_FILES_BYTES / MB }) };
    case 'request.file_type': return { name: 'files', text: t('requests.error.file_type', { name: String(error.details.name) }) };
    case 'requests.too_many': return { name: at, text: t('requests.error.too_many') };
    case 'request.confirm_first': return { name: at, text: t('requests.error.confirm_first') };
    case 'request.sign_in_first': return { name: at, text: t('requests.error.sign_in_first') };
    case 'request.bad_address': return { name: 'email', text: t('requests.error.email') };
    default: return null;
  }
}
