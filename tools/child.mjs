// Loaded into the server before its own code: a launcher or terminal that went away is a request to stop.
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const stop = () => process.kill(process.pid, 'SIGTERM');
  process.on('SIGHUP', stop);
  process.once('disconnect', stop);
  process.channel?.unref();
}
