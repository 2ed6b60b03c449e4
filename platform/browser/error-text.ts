import { useCallback } from 'react';
import { hasMessage, translate, type Translate, useT } from './i18n.ts';
import { ApiError } from './problems.ts';

/**
 * A sentence for the person in front of the screen. A room words its own refusals as `problem.<code>`
 * (`problem.person.email_taken`); for the rest the kind of failure says what happened and what to do.
 */
export function useErrorText(): (error: unknown) => string {
  const t = useT();
  return useCallback((error: unknown) => errorText(error, t), [t]);
}

export function errorText(error: unknown, t: Translate = translate): string {
  if (!(error instanceof ApiError)) return t('problem.unknown');
  const own = `problem.${error.code}`;
  return t(hasMessage(own) ? own : generalId(error.status), { seconds: error.retryAfter ?? 60 });
}

/** Words for single fields, to be shown beside them: field name to sentence. */
export function fieldErrors(error: unknown, t: Translate = translate): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    error.fields.map(({ field, code }) => [field, t(hasMessage(`problem.${code}`) ? `problem.${code}` : 'problem.field')]),
  );
}

const GENERAL: Readonly<Record<number, string>> = {
  0: 'problem.network',
  400: 'problem.invalid',
  401: 'problem.signed_out',
  403: 'problem.forbidden',
  404: 'problem.not_found',
  409: 'problem.conflict',
  412: 'problem.conflict',
  413: 'problem.too_large',
  422: 'problem.invalid',
  429: 'problem.rate_limited',
  502: 'problem.network',
  503: 'problem.unavailable',
  504: 'problem.network',
};

const generalId = (status: number): string => GENERAL[status] ?? 'problem.unknown';
