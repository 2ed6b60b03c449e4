import { pino } from 'pino';

/** Where secrets could stand in what is logged. They are cut out whatever the level. */
const PATHS = [
  'password', 'token', 'secret', 'authorization', 'cookie', '*.password', '*.token', '*.secret', '*.authorization', '*.cookie',
  'req.headers', 'headers.authorization', 'headers.cookie', 'err.config', 'err.client', 'err.parameters', 'err.query', 'err.where', 'err.detail', 'err.internalQuery',
];

export const REDACTED = { paths: PATHS, censor: '[secret]' };

/** Structured lines on standard output; people who started it in a terminal read the plain lines of main.ts instead. */
export const createLogger = (level: string) =>
  pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: REDACTED });
export type Logger = ReturnType<typeof createLogger>;
