import { proxy } from './proxy.ts';

/** Cuts the connection at every `every`-th answer of the server. */
export async function cuttingProxy(to: { port: number }, { every }: { every: number }) {
  const counts = { answers: 0, cuts: 0, connections: 0 };
  let cutting = true;
  const between = await proxy(to, (client, behind) => {
    counts.connections += 1;
    client.on('data', (bytes) => { behind.write(bytes); });
    behind.on('data', (bytes: Buffer) => {
      counts.answers += 1;
      if (!cutting || counts.answers % every !== 0) { client.write(bytes); return; }
      counts.cuts += 1;
      // In the middle of what it was saying.
      client.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => { client.destroy(); behind.destroy(); });
    });
  });
  return { ...between, counts, heal: (): void => { cutting = false; } };
}
