/** A field of the request that the server refused: where, and why (English, for developers). */
export type FieldProblem = { readonly field: string; readonly code: string; readonly detail: string };

/** A refusal by the server, or no answer at all (status 0). Screens switch on `code`. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fields: readonly FieldProblem[];
  /** Seconds after which the server is willing to be asked again; null when it did not say. */
  readonly retryAfter: number | null;
  /** Whatever else the server said about it. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(problem: { status: number; code: string; detail?: string; fields?: readonly FieldProblem[]; retryAfter?: number | null; more?: Readonly<Record<string, unknown>> }) {
    super(`${problem.status} ${problem.code}${problem.detail ? `: ${problem.detail}` : ''}`);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail ?? '';
    this.fields = problem.fields ?? [];
    this.retryAfter = problem.retryAfter ?? null;
    this.more = problem.more ?? {};
  }
}

export const hasCode = (error: unknown, code: string): boolean => error instanceof ApiError && error.code === code;

export const problemOf = async (response: Response): Promise<ApiError> =>
  refusal({ status: response.status, body: await response.json().catch(() => null) }, response.headers.get('retry-after'));

export function refusal({ status, body }: { readonly status: number; readonly body: unknown }, retryAfter: string | null = null): ApiError {
  const problem = isRecord(body) ? body : {};
  return new ApiError({
    status,
    code: typeof problem['code'] === 'string' ? problem['code'] : `http.${status}`,
    detail: typeof problem['detail'] === 'string' ? problem['detail'] : '',
    fields: fieldsOf(problem['errors']),
    retryAfter: secondsOf(retryAfter),
    more: problem,
  });
}

function fieldsOf(errors: unknown): FieldProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(isRecord).map((error) => ({
    field: pathOf(error['path'] ?? error['pointer'] ?? error['field']),
    code: typeof error['code'] === 'string' ? error['code'] : 'invalid',
    detail: textOf(error['detail'] ?? error['message']),
  }));
}

/** `['people', 0, 'email']`, `/people/0/email`, `#/people/0/email` and `people.0.email` are one field. */
const pathOf = (path: unknown): string =>
  (Array.isArray(path) ? path.join('.') : textOf(path)).replace(/^#?\//, '').replaceAll('/', '.');

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const secondsOf = (header: string | null): number | null => (header && /^\d+$/.test(header) ? Number(header) : null);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
