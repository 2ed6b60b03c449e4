/** What a server wrote of a message (RFC 8601), as far as it matters here. */
export type Results = {
  readonly spf: string | null; readonly dkim: string | null; readonly dmarc: string | null; readonly arc: string | null;
  /** The domain of the author that `dmarc` is about. */
  readonly author: string | null;
};

/** Reads what stands behind the server's name. Comments and what is in quotes were chosen by whoever wrote the message. */
export function resultsIn(written: string): Results {
  const clauses = bare(written).split(';').map((clause) => clause.trim());
  const clauseOf = (method: string): string => clauses.find((clause) => clause.toLowerCase().startsWith(`${method}=`)) ?? '';
  const of = (method: string): string | null => /^[a-z]+=([a-z]+)/i.exec(clauseOf(method))?.[1]?.toLowerCase() ?? null;
  const author = /\sheader\.from=([^\s;]{1,255})/i.exec(clauseOf('dmarc'))?.[1]?.split('@').at(-1)?.toLowerCase() ?? null;
  return { spf: of('spf'), dkim: of('dkim'), dmarc: of('dmarc'), arc: of('arc'), author };
}

/** Without comments, which may stand in each other, and without quoted strings. */
function bare(written: string): string {
  let depth = 0;
  let isQuoted = false;
  let kept = '';
  for (let at = 0; at < written.length; at++) {
    const char = written[at]!;
    if (char === '\\') at += 1;
    else if (char === '"' && depth === 0) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += char;
  }
  return kept;
}
