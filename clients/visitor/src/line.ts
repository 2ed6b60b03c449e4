import type { ServerFrame, VisitorFrame } from './types.ts';

const FIRST_PAUSE_MS = 500;
const MOST_PAUSE_MS = 30_000;
const PING_MS = 25_000;
const PONG_MS = 10_000;
/** As the server's contract has them. */
const SESSION_OVER = 4401;
const BANNED = 4403;

type Line = {
  readonly url: string;
  hello(): VisitorFrame;
  hear(frame: ServerFrame): void;
  /** Down, and whether it comes back by itself. */
  down(why: 'cut' | 'session_over' | 'banned'): void;
};

/** One socket that comes back by itself after a cut, after pauses that grow. */
export function createLine({ url, hello, hear, down }: Line) {
  let socket: WebSocket | null = null;
  let isWanted = false;
  let pause = FIRST_PAUSE_MS;
  let again: ReturnType<typeof setTimeout> | undefined;
  let ping: ReturnType<typeof setTimeout> | undefined;

  const say = (frame: VisitorFrame): boolean => {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  };

  /** Silence longer than this is a line that nobody told us was cut. */
  function watch(): void {
    clearTimeout(ping);
    ping = setTimeout(() => {
      say({ type: 'ping' });
      ping = setTimeout(() => { cut(); comeBack(); }, PONG_MS);
    }, PING_MS);
  }

  function cut(): void {
    const before = socket;
    socket = null;
    clearTimeout(ping);
    if (before) {
      before.close();
      down('cut');
    }
  }

  function comeBack(): void {
    clearTimeout(again);
    if (!isWanted) return;
    // Thousands whose server starts anew do not all come in the same moment.
    again = setTimeout(open, pause * (0.5 + Math.random() / 2));
    pause = Math.min(pause * 2, MOST_PAUSE_MS);
  }

  function ended(code: number): void {
    socket = null;
    clearTimeout(ping);
    isWanted &&= code !== SESSION_OVER && code !== BANNED;
    down(code === SESSION_OVER ? 'session_over' : code === BANNED ? 'banned' : 'cut');
    comeBack();
  }

  function open(): void {
    clearTimeout(again);
    if (!isWanted || socket) return;
    const own = new WebSocket(url);
    socket = own;
    own.addEventListener('open', () => { if (socket === own) say(hello()); });
    own.addEventListener('message', ({ data }) => {
      if (socket !== own) return;
      const frame = JSON.parse(String(data)) as ServerFrame;
      if (frame.type === 'ready') pause = FIRST_PAUSE_MS;
      watch();
      if (frame.type !== 'pong') hear(frame);
    });
    own.addEventListener('close', ({ code }) => { if (socket === own) ended(code); });
  }

  return {
    say,
    /** What the device knows of its network before a socket does. */
    network(isUp: boolean): void {
      if (!isUp) {
        cut();
        return comeBack();
      }
      pause = FIRST_PAUSE_MS;
      open();
    },
    start(): void { isWanted = true; pause = FIRST_PAUSE_MS; open(); },
    stop(): void { isWanted = false; clearTimeout(again); cut(); },
  };
}
